"""Signs a model artefact, given as the dict that fastavro would write.

usage: signed = sign(artefact, schema, private_key)
  schema       json.load(open("schemas/src/main/avro/ModelArtefact.avsc"))
  private_key  cryptography's Ed25519PrivateKey, for example of a PEM file by
               load_pem_private_key(open("key.pem", "rb").read(), None)
Times are milliseconds since 1970 and doubles are floats.
"""

import hashlib
import struct

UNSIGNED = ("payload", "signature")


def canonical(value, schema, without=()):
    if isinstance(schema, list):
        if value is None:
            return b"n"
        return canonical(value, next(it for it in schema if it != "null"))
    kind = schema["type"] if isinstance(schema, dict) else schema
    if isinstance(kind, (dict, list)):
        return canonical(value, kind)
    if kind == "boolean":
        return b"z" + struct.pack(">?", value)
    if kind in ("int", "long"):
        return b"l" + struct.pack(">q", value)
    if kind in ("float", "double"):
        return b"d" + struct.pack(">d", value if value == value else float("nan"))
    if kind in ("string", "enum"):
        return text(b"s", value.encode())
    if kind == "bytes":
        return text(b"b", value)
    if kind == "array":
        items = [canonical(item, schema["items"]) for item in value]
        return b"a" + struct.pack(">I", len(items)) + b"".join(items)
    if kind == "map":
        return entries({key: canonical(it, schema["values"]) for key, it in value.items()})
    if kind == "record":
        return entries(dict(fields(value, schema, without)))
    raise ValueError(f"no canonical form of {kind}")


def fields(value, schema, without):
    for field in schema["fields"]:
        name = field["name"]
        if name in without or name not in value:
            continue
        written = canonical(value[name], field["type"])
        if "default" in field and written == canonical(field["default"], field["type"]):
            continue
        yield name, written


def text(letter, content):
    return letter + struct.pack(">I", len(content)) + content


def entries(written):
    ordered = sorted((key.encode(), value) for key, value in written.items())
    return (
        b"m"
        + struct.pack(">I", len(ordered))
        + b"".join(text(b"s", key) + value for key, value in ordered)
    )


def message(artefact, schema):
    return b"presage model 1\n" + hashlib.sha256(canonical(artefact, schema, UNSIGNED)).digest()


def sign(artefact, schema, private_key):
    return {**artefact, "signature": private_key.sign(message(artefact, schema))}
