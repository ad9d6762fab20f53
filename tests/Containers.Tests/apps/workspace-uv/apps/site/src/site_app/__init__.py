from acme_shared import greeting
from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/")
def root():
    return jsonify(service="site", greeting=greeting("site"))


def settings():
    print(f"settings of {__name__}")
