"""What the local AWS does differently from moto, so that production code meets the behaviour it will meet on AWS."""
