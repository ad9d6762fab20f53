import os
import time
from pathlib import Path

from flask import Flask, jsonify, request

app = Flask(__name__)


@app.get("/health")
def health():
    return "ok"


@app.get("/who")
def who():
    return jsonify(pid=os.getpid(), parent=Path(f"/proc/{os.getppid()}/cmdline").read_text().replace("\0", " ").strip(), address=request.remote_addr)


@app.get("/slow")
def slow():
    time.sleep(2)
    return "done"
