from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from src.log import request_id


def reply_with_json(app: FastAPI) -> None:
    """What the client did wrong is told; what went wrong in here stays in the log."""

    @app.exception_handler(HTTPException)
    async def refused(_: Request, error: HTTPException) -> JSONResponse:
        return reply(error.status_code, error.detail, headers=error.headers)

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        mistakes = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()]
        return reply(422, ", ".join(mistakes))

    # uvicorn logs the fault with its stack.
    @app.exception_handler(Exception)
    async def failed(_: Request, __: Exception) -> JSONResponse:
        return reply(500, "something went wrong", requestId=request_id.get())


def reply(status: int, message: str, headers: dict[str, str] | None = None, **more: object) -> JSONResponse:
    body = {"statusCode": status, "error": HTTPStatus(status).phrase, "message": message, **more}
    return JSONResponse(body, status, headers)
