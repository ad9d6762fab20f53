from acme_shared import greeting
from fastapi import FastAPI

app = FastAPI()


@app.get("/")
def root():
    return {"service": "api", "greeting": greeting("api")}
