"""How web archives are packed: as they are, or as gzip or zstd members one behind another. Reads them piece by piece.

Libraries take a member that was cut off for a whole one, and give up the rest of a file for one damaged member; here
both are told, and the next member is looked for.
"""

from __future__ import annotations

import re
from typing import BinaryIO, Protocol

import zstandard
from isal.igzip_lib import DECOMP_GZIP, IgzipDecompressor, IsalError

# Of a record's header, and of the header of the answer within.
LARGEST_HEAD = 65_536
# Nothing is unpacked in larger pieces, however well it was packed.
_PIECE = 1 << 20
_CHUNK = 1 << 16
# Four bytes of zstd can hold 128 kB: so little is unpacked at once that the pieces stay bounded.
_ZSTD_SIP = 1 << 10
_ZSTD_WINDOW = 1 << 27
# A member that goes on beyond this without a record that can be read is given up.
_LARGEST_GAP = 1 << 30
CUT_OFF = "a member that was cut off: the file is not whole"
_BREAKS = b"\r\n"
_START = re.compile(rb"WARC/1\.\d\r\n")
_GZIP, _ZSTD = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"


class Damaged(Exception):
    """A member cannot be unpacked to its end; says why."""


class Member(Protocol):
    """What begins at ``offset`` of the file and can be read from there alone."""

    offset: int

    def more(self) -> bytes:
        """The next unpacked bytes; b"" at the end. Damaged where it has no end, or a wrong one."""
        ...

    def close(self) -> None:
        """Moves the file to the member's end, or to where the next may be looked for."""
        ...


class Members(Protocol):
    """The members of a file from some place on."""

    at: int

    def next(self) -> tuple[Member | None, int]:
        """The next member, and how many bytes before it belong to none."""
        ...

    def place_of(self, member: Member, passed: int) -> tuple[int, int]:
        """Where to begin to read what lies ``passed`` unpacked bytes into the member."""
        ...


def members_of(file: BinaryIO, start: int) -> Members:
    """The members of a web archive from byte ``start`` on, however it is packed."""
    file.seek(0)
    first = file.read(4)
    if first == _ZSTD:
        return _Packed(file, start, _ZSTD, _Zstd)
    return _Packed(file, start, _GZIP, _Gzip) if first[:3] == _GZIP else _Plain(file, start)


class Unpacked:
    """The bytes of one member as far as they are needed. ``passed`` counts those that lie behind."""

    __slots__ = ("_before", "_ended", "_member", "at", "data", "lost")

    def __init__(self, member: Member) -> None:
        self._member, self._before, self._ended = member, 0, False
        self.data, self.at = member.more(), 0
        # Whether the record in hand did not end where it should.
        self.lost = False

    @property
    def passed(self) -> int:
        return self._before + self.at

    def need(self, number: int) -> bool:
        """Unpacks until so many bytes lie ahead; False where the member ends before."""
        missing = number - (len(self.data) - self.at)
        if missing <= 0:
            return True
        if self._ended:
            return False
        parts = [self.data[self.at :]]
        self._before += self.at
        self.at = 0
        while missing > 0:
            piece = self._member.more()
            if not piece:
                self._ended = True
                break
            parts.append(piece)
            missing -= len(piece)
        self.data = b"".join(parts)
        return missing <= 0

    def find(self, words: bytes, limit: int) -> int:
        """How far ahead ``words`` stand, at most ``limit`` bytes; -1 where they do not."""
        found = self.data.find(words, self.at, self.at + limit)
        if found < 0 and not self._ended:
            self.need(limit)
            found = self.data.find(words, self.at, self.at + limit)
        return found - self.at if found >= 0 else -1

    def take(self, number: int) -> bytes:
        """The next bytes, which lie behind then; at most as many as were needed before."""
        taken = self.data[self.at : self.at + number]
        self.at += len(taken)
        return taken

    def skip(self, number: int) -> None:
        """Goes on by so many bytes without keeping them; ``lost`` where the member ends before."""
        while (ahead := len(self.data) - self.at) < number:
            number -= ahead
            self._before += len(self.data)
            self.data, self.at = self._member.more(), 0
            if not self.data:
                self.lost = True
                return
        self.at += number

    def skip_breaks(self) -> bool:
        """Goes on behind the empty lines between two records; False at the end."""
        if self.data.startswith(b"\r\n\r\n", self.at):
            self.at += 4
        while self.at < len(self.data) or self.need(1):
            if self.data[self.at] not in _BREAKS:
                return True
            self.at += 1
        return False

    def expect_break(self) -> None:
        """After a record: the empty lines that part it from the next, or the end."""
        if not self.lost and (self.at < len(self.data) or self.need(1)):
            self.lost = self.data[self.at] not in _BREAKS

    def resume(self, words: bytes) -> bool:
        """Goes on where ``words`` stand at the beginning of a line; False where the member has none any more."""
        self.lost = False
        gone = 0
        while gone < _LARGEST_GAP:
            if match := _START.search(self.data, self.at + 1):
                if self.data[match.start() - 1 : match.start()] in (b"\n", b""):
                    self.at = match.start()
                    return True
                gone, self.at = gone + match.start() - self.at, match.start()
                continue
            keep = min(len(self.data) - self.at, 16)
            gone += len(self.data) - self.at - keep
            self.at = len(self.data) - keep
            if not self.need(keep + 1):
                return False
        raise Damaged("a member that goes on without a record")


class _Plain:
    """A file that is not packed: one member from the first record on."""

    def __init__(self, file: BinaryIO, start: int) -> None:
        self._file, self._start, self.at, self.offset = file, start, start, 0
        self._first: bytes | None = b""

    def next(self) -> tuple[Member | None, int]:
        """The rest of the file from the first record on."""
        if self._first is None:
            return None, 0
        self._file.seek(self._start)
        held, gone = self._file.read(_CHUNK), 0
        while not (match := _START.search(held)) or not self._begins(self._start + gone + match.start()):
            cut = match.start() + 1 if match else max(len(held) - 16, 0)
            more = self._file.read(_CHUNK) if not match else b""
            if not match and not more:
                self._first = None
                return None, 0
            held, gone = held[cut:] + more, gone + cut
        self.offset = self.at = self._start + gone + match.start()
        self._first = b""
        self._file.seek(self.offset)
        return self, 0

    def _begins(self, at: int) -> bool:
        """Whether the words stand where a record can begin: at the start, or behind an empty line."""
        if at == 0:
            return True
        here = self._file.tell()
        self._file.seek(max(0, at - 4))
        before = self._file.read(min(4, at))
        self._file.seek(here)
        return before.endswith((b"\r\n\r\n", b"\n\n"))

    def place_of(self, member: Member, passed: int) -> tuple[int, int]:
        return member.offset + passed, 0

    def more(self) -> bytes:
        return self._file.read(_PIECE)

    def close(self) -> None:
        self._first = None
        self.at = self._file.tell()


class _Unpacker(Protocol):
    """Unpacks one member."""

    eof: bool
    # Whether there is nothing more to come of what it was given.
    hungry: bool

    def unpack(self, data: bytes) -> tuple[bytes, bytes]:
        """The next piece, from ``data`` where it is hungry; and what of that is not used."""
        ...


class _Gzip:
    def __init__(self) -> None:
        self._inflater = IgzipDecompressor(flag=DECOMP_GZIP)
        self.eof, self.hungry = False, True

    def unpack(self, data: bytes) -> tuple[bytes, bytes]:
        given, rest = (data, b"") if self.hungry else (b"", data)
        try:
            piece = self._inflater.decompress(given, _PIECE)
        except IsalError as error:  # type: ignore[misc]  # the stub knows it as a function
            raise Damaged(f"a damaged gzip member ({str(error).split(' ', 2)[-1].lower()})") from error
        self.eof, self.hungry = self._inflater.eof, self._inflater.needs_input
        return piece, self._inflater.unused_data + rest if self.eof else rest


class _Zstd:
    hungry = True

    def __init__(self) -> None:
        self._inflater = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
        self.eof = False

    def unpack(self, data: bytes) -> tuple[bytes, bytes]:
        try:
            piece = self._inflater.decompress(data[:_ZSTD_SIP])
        except zstandard.ZstdError as error:
            raise Damaged(f"a damaged zstd member ({error})") from error
        self.eof = self._inflater.eof
        return piece, (self._inflater.unused_data if self.eof else b"") + data[_ZSTD_SIP:]


class _Packed:
    """A file of gzip or zstd members."""

    def __init__(self, file: BinaryIO, start: int, magic: bytes, unpacker: type[_Gzip | _Zstd]) -> None:
        self._file, self.magic, self.unpacker = file, magic, unpacker
        file.seek(start)
        # What was read of the file and not used yet begins at this byte of it.
        self.at, self.held = start, b""
        # Whether a member ended here as it should: the next bytes need no proof that they are one.
        self.sure = False

    def next(self) -> tuple[Member | None, int]:
        """The next member that begins with a record, and how many bytes before it are none."""
        if self.sure and self.held.startswith(self.magic):
            self.sure = False
            return _PackedMember(self), 0
        junk = 0
        while True:
            if len(self.held) < len(self.magic) and not self.read():
                junk += len(self.held)
                return None, junk
            found = self.held.find(self.magic)
            gone = found if found >= 0 else max(len(self.held) - len(self.magic) + 1, 1)
            self.use(gone)
            junk += gone
            if found < 0:
                continue
            if (self.sure and not junk) or self._holds_records():
                return _PackedMember(self), junk
            self.use(1)
            junk += 1

    def _holds_records(self) -> bool:
        """Whether what begins here unpacks to a record: the signature alone can stand anywhere."""
        while len(self.held) < LARGEST_HEAD and self.read():
            pass
        try:
            piece, _ = self.unpacker().unpack(self.held[:4096])
        except Damaged:
            return False
        return piece.lstrip(b"\r\n").startswith(b"WARC/")

    def read(self) -> bool:
        more = self._file.read(_CHUNK)
        self.held += more
        return bool(more)

    def use(self, number: int) -> None:
        self.at += number
        self.held = self.held[number:]

    def place_of(self, member: Member, passed: int) -> tuple[int, int]:
        return member.offset, passed


class _PackedMember:
    def __init__(self, members: _Packed) -> None:
        self.offset = members.at
        self._members = members
        self._unpacker: _Unpacker = members.unpacker()
        self._damaged = False

    def more(self) -> bytes:
        members, unpacker = self._members, self._unpacker
        while not unpacker.eof:
            if unpacker.hungry and not members.held and not members.read():
                self._damaged = True
                raise Damaged(CUT_OFF)
            held = members.held
            try:
                piece, rest = unpacker.unpack(held)
            except Damaged:
                self._damaged = True
                # It may have begun right here: what follows is looked for behind.
                members.use(1)
                raise
            members.at += len(held) - len(rest)
            members.held = rest
            members.sure = unpacker.eof
            if piece:
                return piece
        return b""

    def close(self) -> None:
        """Unpacks to the end, so that the next member is found behind it; a damaged one has no end."""
        gone = 0
        while not self._damaged and (piece := self.more()):
            gone += len(piece)
            if gone > _LARGEST_GAP:
                return
