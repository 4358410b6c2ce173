"""What the server counts, for Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from .admission import Admission
from .gpu import Gpu

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300)


class Metrics:
    """Counters of one application; a registry of its own, so that two in one process do not mix."""

    def __init__(self, admission: Admission) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter("dojang_ai_requests", "Answers by path and status", ["path", "status"], registry=self._registry)
        self.seconds = self._histogram("dojang_ai_analysis_seconds", "Time of an analysis without waiting for its turn")
        self.waited = self._histogram("dojang_ai_waiting_seconds", "Time an analysis waited for its turn")
        self.ocr_seconds = self._histogram("dojang_ai_ocr_seconds", "Time to recognise one page")
        self.pages = Counter("dojang_ai_pages", "Pages read", ["ocr"], registry=self._registry)
        self.findings = Counter("dojang_ai_findings", "Explained clauses by risk", ["risk"], registry=self._registry)
        self.engine_errors = Counter("dojang_ai_engine_errors", "Failures of the engine by reason", ["reason"], registry=self._registry)
        self._gauge("dojang_ai_running", "Analyses that run").set_function(lambda: admission.running)
        self._gauge("dojang_ai_waiting", "Analyses that wait").set_function(lambda: admission.waiting)
        self._used = self._gauge("dojang_ai_gpu_memory_used_bytes", "GPU memory in use; NaN without a GPU")
        self._total = self._gauge("dojang_ai_gpu_memory_total_bytes", "GPU memory; NaN without a GPU")

    def text(self, gpu: Gpu | None) -> bytes:
        """All of it in Prometheus' text format."""
        mib = 1024 * 1024
        self._used.set(gpu.memory_used * mib if gpu else float("nan"))
        self._total.set(gpu.memory_total * mib if gpu else float("nan"))
        return generate_latest(self._registry)

    def _histogram(self, name: str, help_text: str) -> Histogram:
        return Histogram(name, help_text, buckets=SECONDS, registry=self._registry)

    def _gauge(self, name: str, help_text: str) -> Gauge:
        return Gauge(name, help_text, registry=self._registry)
