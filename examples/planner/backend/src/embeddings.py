"""What a text is about, as a vector: texts that are near each other speak of the same."""

import math
import re
import unicodedata
from collections.abc import Sequence
from typing import Protocol
from zlib import crc32

import httpx

DIMENSIONS = 256


class Embeddings(Protocol):
    async def of(self, text: str) -> Sequence[float]: ...


class LocalEmbeddings:
    """
    Counts words and parts of words into as many boxes as the vector has dimensions. It finds what is written alike, in
    any language and without asking anybody; it knows nothing of synonyms.
    """

    async def of(self, text: str) -> Sequence[float]:
        boxes = [0.0] * DIMENSIONS
        for word in re.findall(r"\w+", plain(text)):
            # A word counts more than what it consists of.
            boxes[box(f" {word} ")] += 2
            for start in range(len(word) - 2):
                boxes[box(word[start : start + 3])] += 1
        length = math.hypot(*boxes) or 1.0
        return [each / length for each in boxes]


def plain(text: str) -> str:
    """Without case and accents."""
    return "".join(each for each in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(each))


def box(part: str) -> int:
    return crc32(part.encode()) % DIMENSIONS


class OpenAiEmbeddings:
    """Knows what words mean. Notes that were stored with other embeddings have to be stored again."""

    def __init__(self, key: str, client: httpx.AsyncClient | None = None) -> None:
        self.key = key
        self.client = client or httpx.AsyncClient(base_url="https://api.openai.com", timeout=10)

    async def of(self, text: str) -> Sequence[float]:
        question = {"model": "text-embedding-3-small", "dimensions": DIMENSIONS, "input": text}
        reply = await self.client.post("/v1/embeddings", json=question, headers={"authorization": f"Bearer {self.key}"})
        reply.raise_for_status()
        return reply.json()["data"][0]["embedding"]
