# Usage: repair-site.py SITE LIBRARY
# `site` is frozen into the interpreter, so a repaired site.py has no effect until its code takes the frozen one's place.
import _imp
import marshal
import pathlib
import sys

source, library = map(pathlib.Path, sys.argv[1:])
frozen = bytes(_imp.find_frozen("site", withdata=True)[0])
code = marshal.dumps(compile(source.read_text(), "<frozen site>", "exec", dont_inherit=True, optimize=0))
content = library.read_bytes()
assert content.count(frozen) == 1 and len(code) <= len(frozen), (content.count(frozen), len(code), len(frozen))
library.write_bytes(content.replace(frozen, code.ljust(len(frozen), b"\0")))
