"""What a command says of a fault that is nobody's bug: a file that is not there, a port in use, a word of the wrong form."""

import errno

from pydantic import ValidationError

from tenure.kit.errors import FieldProblem, Invalid, NotFound, TenureError, Unavailable
from tenure.kit.i18n import Text
from tenure.kit.validation_words import in_words

_FORM = Text("What was given has the wrong form.", "所给内容格式不正确。")
_FILES: dict[int, Text] = {
    errno.ENOENT: Text("There is no file or folder {name}.", "没有文件或文件夹 {name}。"),
    errno.ENOTDIR: Text("{name} does not lie in a folder.", "{name} 不在文件夹中。"),
    errno.EISDIR: Text("{name} is a folder.", "{name} 是文件夹。"),
    errno.EACCES: Text("{name} may not be read or written.", "没有读写 {name} 的权限。"),
    errno.EROFS: Text("{name} cannot be written to.", "{name} 为只读，无法写入。"),
    errno.ENOSPC: Text("There is no space left for {name}.", "磁盘空间不足，无法写入 {name}。"),
    errno.ENAMETOOLONG: Text("The name is too long: {name}.", "名称过长：{name}。"),
}
_PORTS: dict[int, Text] = {
    errno.EADDRINUSE: Text("The port is in use.", "端口已被占用。"),
    errno.EADDRNOTAVAIL: Text("This machine does not have that address.", "本机没有该地址。"),
    errno.EACCES: Text("The port may not be opened.", "没有打开该端口的权限。"),
}


def known(error: Exception) -> TenureError | None:
    """Return what to tell of an error from below; nothing where it is a bug, which is shown whole."""
    if isinstance(error, ValidationError):
        told = error.errors(include_url=False, include_input=False)
        fields = (
            FieldProblem("/" + "/".join(map(str, one["loc"])), in_words(one["type"], one.get("ctx") or {}))
            for one in told
        )
        return Invalid(_FORM, fields=tuple(fields))
    if not isinstance(error, OSError) or error.errno is None:
        return None
    if error.filename is None:
        words = _PORTS.get(error.errno)
        return None if words is None else Unavailable(words, remedy=Text("Name another one.", "请换一个。"))
    words = _FILES.get(error.errno)
    return None if words is None else NotFound(words.fill(name=str(error.filename)[:300]))
