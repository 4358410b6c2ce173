"""Explains contracts by a language model behind an OpenAI-compatible endpoint, held to the knowledge base."""
