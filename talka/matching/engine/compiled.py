"""The same functions twice: as they stand, and compiled when the extra `fast` (numba) is installed.

TALKA_PLAIN in the environment leaves them as they stand.
"""

import os
from collections.abc import Callable
from types import FunctionType
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])

try:
    if os.environ.get("TALKA_PLAIN"):
        raise ImportError
    import numba
except ImportError:
    FAST = False

    def compiled(function: Function) -> Function:
        """Return the function as it stands."""
        return function

    inlined = compiled
else:
    FAST = True
    compiled = numba.njit(cache=True, nogil=True)
    # For what is called at every step: to hand over dozens of arrays would take longer than the step.
    inlined = numba.njit(cache=True, nogil=True, forceinline=True)


def plain(function: Function) -> Function:
    """Return the function, and all it calls, as they stand: for integers that 64 bits do not hold."""
    if not FAST:
        return function
    scope = dict(getattr(function, "py_func", function).__globals__)
    for name, value in scope.items():
        if hasattr(value, "py_func"):
            scope[name] = FunctionType(value.py_func.__code__, scope, name)
    uncompiled: Function = scope[function.__name__]
    return uncompiled
