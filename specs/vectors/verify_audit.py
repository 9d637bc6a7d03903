#!/usr/bin/env python3
"""Verifies an exported audit log, or the proof of one row, by specs/audit-format.md, sharing no code with the engine.

Usage: verify_audit.py FOLDER|PROOF [KEYFILE]
Needs the standard library and the openssl command. Exit 0: right. Exit 1: not, with the reason.
"""
import base64
import hashlib
import os
import re
import subprocess
import sys
import tempfile

ED25519 = b"\x01"
SM2 = b"\xffdisburse-sm2-sm3"
# SubjectPublicKeyInfo up to the key itself, for openssl.
ED25519_SPKI = bytes.fromhex("302a300506032b6570032100")
SM2_SPKI = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")
HEX = "[0-9a-f]{64}"
WORD = "[A-Za-z0-9._/-]{1,100}"
NUMBER = "(?:0|-?[1-9][0-9]*)"
HEAD = re.compile(rf"disburse-leaf/1\nledger ({WORD})\nn ([1-9][0-9]*)\n"
                  rf"at [0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}\.[0-9]{{6}}Z\n"
                  rf"decider {WORD}\n")
BODY = re.compile(rf"(?:arg {WORD} [^\x00-\x1f\x7f]*\n)*(?:input {WORD} {HEX}\n)*(?:output {WORD} {HEX}\n)*"
                  rf"(?:rows {WORD} (?:0|[1-9][0-9]*) {HEX}\n)*(?:count {WORD} {NUMBER}\n)*")
NAMED = re.compile(rf"^(?:input|output) {WORD} ({HEX})$", re.M)


def fail(why):
    print("NOT VALID:", why)
    sys.exit(1)


def read(*path):
    name = os.path.join(*path)
    if os.path.islink(name) or not os.path.isfile(name):
        fail(f"{name} is missing or a link")
    with open(name, "rb") as file:
        return file.read()


def sha256(data):
    return hashlib.sha256(data).digest()


def unbase64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        fail("base64")
    if base64.b64encode(data).decode() != text:
        fail("base64 with two spellings")
    return data


def keys_of(data, name):
    """name+hash+base64 a line -> {(name, id): encoded key}"""
    keys = {}
    lines = data.decode("utf-8", "replace").split("\n")
    if len(lines) < 2 or lines[-1]:
        fail(f"{name} is not a key file")
    for line in lines[:-1]:
        parts = line.split("+", 2)
        if len(parts) != 3:
            fail(f"{name} is not a key file")
        encoded = unbase64(parts[2])
        if sha256(parts[0].encode() + b"\n" + encoded)[:4].hex() != parts[1]:
            fail(f"{name}: the hash is not the key's")
        keys[(parts[0], parts[1])] = encoded
    return keys


def openssl_verifies(encoded, text, signature):
    with tempfile.TemporaryDirectory() as folder:
        at = lambda name: os.path.join(folder, name)
        kind, spki = (ED25519, ED25519_SPKI) if encoded.startswith(ED25519) else (SM2, SM2_SPKI)
        if not encoded.startswith(kind):
            return False
        pem = base64.encodebytes(spki + encoded[len(kind):]).decode()
        with open(at("key"), "w") as file:
            file.write(f"-----BEGIN PUBLIC KEY-----\n{pem}-----END PUBLIC KEY-----\n")
        for name, data in (("text", text), ("sig", signature)):
            with open(at(name), "wb") as file:
                file.write(data)
        ed25519 = ["pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", at("key"), "-sigfile", at("sig"), "-in", at("text")]
        sm2 = ["dgst", "-sm3", "-verify", at("key"), "-signature", at("sig"), "-sigopt", "distid:1234567812345678",
               at("text")]
        command = ["openssl"] + (ed25519 if kind == ED25519 else sm2)
        return subprocess.run(command, capture_output=True).returncode == 0


def note_text(data, name, trusted, known, witnesses_allowed):
    """The text of a note that a trusted key signed, with no signature of a known key wrong."""
    text, gap, signatures = data.rpartition(b"\n\n")
    if not gap or not signatures.endswith(b"\n"):
        fail(f"{name} is not a signed note")
    text += b"\n"
    good = False
    for line in signatures[:-1].split(b"\n"):
        match = re.fullmatch("— ([^ +]+) ([A-Za-z0-9+/=]+)", line.decode("utf-8", "replace"))
        if not match:
            fail(f"{name}: not a signature line")
        signature = unbase64(match[2])
        key = (match[1], signature[:4].hex())
        if key not in known:
            if not witnesses_allowed:
                fail(f"{name}: a signature of an unknown key")
        elif not openssl_verifies(known[key], text, signature[4:]):
            fail(f"{name}: a wrong signature")
        elif key in trusted and trusted[key] == known[key]:
            good = True
    if not good:
        fail(f"{name}: no signature of a trusted key")
    return text.decode()


def leaves_of(data):
    at, n = 0, 0
    while at < len(data):
        n += 1
        end = data.find(b"\n", at)
        match = re.fullmatch(rb"leaf ([1-9][0-9]*) ([1-9][0-9]*)", data[at:end]) if end > 0 else None
        if not match or int(match[1]) != n:
            fail(f"log.leaves: no leaf {n}")
        leaf = data[end + 1:end + 1 + int(match[2])]
        at = end + 1 + int(match[2]) + 1
        if data[at - 1:at] != b"\n":
            fail(f"log.leaves: leaf {n} is cut")
        yield n, leaf


def root_of(hashes):
    stack = []  # (leaves below, hash), like the digits of a binary counter
    for leaf in hashes:
        stack.append((1, leaf))
        while len(stack) > 1 and stack[-1][0] == stack[-2][0]:
            (size, right), (_, left) = stack.pop(), stack.pop()
            stack.append((2 * size, sha256(b"\x01" + left + right)))
    if not stack:
        return sha256(b"")
    root = stack.pop()[1]
    while stack:
        root = sha256(b"\x01" + stack.pop()[1] + root)
    return root


def checkpoint_of(data, trusted):
    """Origin, size and root of a checkpoint that a trusted key signed."""
    head = note_text(data, "checkpoint", trusted, trusted, True).split("\n")
    if (len(head) != 4 or not re.fullmatch("disburse/[^/]+/[^/]+", head[0])
            or not re.fullmatch("0|[1-9][0-9]*", head[1])):
        fail("checkpoint: not one")
    return head[0], int(head[1]), unbase64(head[2])


def leaf_text(leaf, origin, n):
    """The leaf's text and number, where it is well formed, of the origin's ledger, and leaf n (None: any)."""
    text = leaf.decode("utf-8", "replace")
    match = HEAD.match(text)
    if not match or not BODY.fullmatch(text, match.end()):
        fail(f"leaf {n or ''} is malformed")
    if n not in (None, int(match[2])) or match[1] != origin.split("/")[2]:
        fail(f"leaf {match[2]} has another number or ledger")
    return text, int(match[2])


def included(leaf_hash, index, size, path, root):
    """RFC 9162 section 2.1.3.2."""
    if not 0 <= index < size:
        return False
    fn, sn, at = index, size - 1, leaf_hash
    for sibling in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            at = sha256(b"\x01" + sibling + at)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            at = sha256(b"\x01" + at + sibling)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and at == root


def proof(name, key_file):
    rest = read(name)

    def line():
        nonlocal rest
        text, end, rest = rest.partition(b"\n")
        if not end:
            fail("the proof is cut")
        return text.decode("utf-8", "replace")

    if line() != "disburse-proof/1":
        fail("not a proof")
    row = re.fullmatch(rf"row ({WORD}) ([1-9][0-9]*) ([A-Za-z0-9+/=]*)", line())
    if not row:
        fail("the row cannot be read")
    bound, paths, keys, at = unbase64(row[3]), {"row": [], "log": []}, "", line()
    for path in paths:
        while match := re.fullmatch(f"{path}-path ({HEX})", at):
            paths[path].append(bytes.fromhex(match[1]))
            at = line()
    while at.startswith("key "):
        keys += at[4:] + "\n"
        at = line()
    size = re.fullmatch("leaf ([1-9][0-9]*)", at)
    if not size:
        fail("the leaf cannot be read")
    leaf, rest = rest[:int(size[1])], rest[int(size[1]):]
    if line() != "checkpoint":
        fail("no checkpoint behind the leaf")
    own = keys_of(keys.encode(), "proof") if keys else {}
    trusted = keys_of(read(key_file), key_file) if key_file else own
    origin, leaves, root = checkpoint_of(rest, trusted)
    text, n = leaf_text(leaf, origin, None)
    if not included(sha256(b"\x00" + leaf), n - 1, leaves, paths["log"], root):
        fail(f"leaf {n} is not in the checkpoint's tree")
    rows = re.search(rf"^rows {re.escape(row[1])} ([0-9]+) ({HEX})$", text, re.M)
    if not rows or not included(sha256(b"\x00" + bound), int(row[2]) - 1, int(rows[1]), paths["row"],
                                bytes.fromhex(rows[2])):
        fail(f"the row is not one of leaf {n}")
    whose = key_file or "the key in the proof: compare it with one you got elsewhere"
    print(f"VALID: {origin}, leaf {n} of {leaves}, row {bound.decode('utf-8', 'replace')}; by {whose}")


def export(folder, key_file):
    own = keys_of(read(folder, "keys", "log.key"), "keys/log.key")
    trusted = keys_of(read(key_file), key_file) if key_file else own
    lines = note_text(read(folder, "MANIFEST"), "MANIFEST", trusted, {**own, **trusted}, False).split("\n")
    if lines[0] != "disburse-export/1" or lines[-1]:
        fail("MANIFEST: not an export's")
    listed = {}
    for line in lines[1:-1]:
        match = re.fullmatch(rf"({HEX}) ([0-9]+) (checkpoint|log\.leaves|erased|keys/log\.key|documents/({HEX}))", line)
        if not match or match[3] in listed or match[4] not in (None, match[1]):
            fail(f"MANIFEST: {line}")
        data = read(folder, *match[3].split("/"))
        if sha256(data).hex() != match[1] or len(data) != int(match[2]):
            fail(f"{match[3]} differs from the manifest")
        listed[match[3]] = data if match[4] is None else None
    found = {os.path.relpath(os.path.join(at, name), folder)
             for at, folders, files in os.walk(folder) for name in files + folders}
    extra = found - set(listed) - {"MANIFEST", "keys", "documents"}
    if extra or not {"checkpoint", "log.leaves", "keys/log.key"} <= set(listed):
        fail(f"not listed, or not there: {sorted(extra)}")

    origin, size, root = checkpoint_of(listed["checkpoint"], trusted)
    hashes, named = [], set()
    for n, leaf in leaves_of(listed["log.leaves"]):
        named.update(NAMED.findall(leaf_text(leaf, origin, n)[0]))
        hashes.append(sha256(b"\x00" + leaf))
    if len(hashes) != size or root_of(hashes) != root:
        fail("the leaves are not those of the checkpoint")

    there = {path[len("documents/"):] for path in listed if path.startswith("documents/")}
    erased = set(listed.get("erased", b"").decode().split())
    if there | erased != named or there & erased:
        fail(f"documents lost or of no leaf: {sorted((there | erased) ^ named)}")
    whose = key_file or "the key in the folder: compare it with one you got elsewhere"
    print(f"VALID: {origin}, {len(hashes)} leaves, {len(there)} documents, {len(erased)} erased; by {whose}")


if __name__ == "__main__":
    what = proof if os.path.isfile(sys.argv[1]) else export
    what(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None)
