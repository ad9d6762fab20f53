import json

import httpx
import pytest

from src.embeddings import DIMENSIONS, LocalEmbeddings, OpenAiEmbeddings
from tests.conftest import Client


def test_the_note_that_is_nearest_to_the_words_is_found_first(client: Client) -> None:
    for text in ("Call the plumber about the kitchen sink", "Anniversary dinner: book a table", "Käsekuchen: 500 g quark, lemon"):
        assert client.post("/api/notes", json={"text": text}).status_code == 201
    for words, found in (("plumbing in the kitchen", "Call the plumber"), ("kasekuchen", "Käsekuchen"), ("tables for dinner", "Anniversary")):
        notes = client.get("/api/notes/search", params={"q": words, "limit": 2}).json()["notes"]
        assert len(notes) == 2
        assert notes[0]["text"].startswith(found)
        assert notes[0]["distance"] < notes[1]["distance"]


@pytest.mark.parametrize("question", [{}, {"q": ""}, {"q": "x" * 2001}, {"q": "a", "limit": 51}])
def test_what_is_no_question_is_refused(client: Client, question: dict[str, object]) -> None:
    assert client.get("/api/notes/search", params=question).status_code == 422


@pytest.mark.anyio
async def test_a_vector_has_the_length_one_and_nothing_has_none() -> None:
    vector = await LocalEmbeddings().of("dusk")
    assert len(vector) == DIMENSIONS
    assert sum(each * each for each in vector) == pytest.approx(1)
    assert set(await LocalEmbeddings().of("!")) == {0.0}


@pytest.mark.anyio
async def test_openai_is_asked_with_the_key() -> None:
    def reply(request: httpx.Request) -> httpx.Response:
        assert request.headers["authorization"] == "Bearer sk-1"
        assert json.loads(request.content) == {"model": "text-embedding-3-small", "dimensions": DIMENSIONS, "input": "dusk"}
        return httpx.Response(200, json={"data": [{"embedding": [1.0, 0.0]}]})

    client = httpx.AsyncClient(base_url="https://api.example.com", transport=httpx.MockTransport(reply))
    assert await OpenAiEmbeddings("sk-1", client).of("dusk") == [1.0, 0.0]
