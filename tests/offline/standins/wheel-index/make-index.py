# Usage: make-index.py FOLDER
# Adds to FOLDER/wheels the pages of a package index in FOLDER/simple (PEP 503, with sums) and each wheel's metadata beside it (PEP 658).
import email
import hashlib
import html
import pathlib
import re
import sys
import zipfile

folder = pathlib.Path(sys.argv[1])
links: dict[str, list[str]] = {}
for wheel in sorted(folder.glob("wheels/*.whl")):
    name, version = wheel.name.split("-")[:2]
    metadata = zipfile.ZipFile(wheel).read(f"{name}-{version}.dist-info/METADATA")
    wheel.with_name(wheel.name + ".metadata").write_bytes(metadata)
    attributes = f'data-core-metadata="sha256={hashlib.sha256(metadata).hexdigest()}"'
    if requires := email.message_from_bytes(metadata)["Requires-Python"]:
        attributes += f' data-requires-python="{html.escape(requires)}"'
    target = f"../../wheels/{wheel.name}#sha256={hashlib.sha256(wheel.read_bytes()).hexdigest()}"
    links.setdefault(re.sub(r"[-_.]+", "-", name).lower(), []).append(f'<a href="{target}" {attributes}>{wheel.name}</a><br>')
for project, lines in links.items():
    (folder / "simple" / project).mkdir(parents=True)
    (folder / "simple" / project / "index.html").write_text("<!doctype html>\n" + "\n".join(lines) + "\n")
(folder / "simple" / "index.html").write_text("<!doctype html>\n" + "\n".join(f'<a href="{p}/">{p}</a><br>' for p in links) + "\n")
