"""Writes the arrays beside this file with numpy, for NpyGoldenTest: python3 golden.py"""
import io
import os
import warnings
import zipfile

import numpy as np
from numpy.lib import format as npy

FOLDER = os.path.dirname(os.path.abspath(__file__))
warnings.simplefilter("ignore")


def save(name, array, version=(1, 0)):
    """Writes an array as it is: its byte order and its order of indices are kept."""
    with open(os.path.join(FOLDER, name + ".npy"), "wb") as file:
        npy.write_array(file, array, version)


def numbers(dtype):
    """The ends of a type's range, and what is between them: 2 x 3."""
    kind = np.dtype(dtype).kind
    if kind == "f":
        return np.array([[0.5, -1.25, 3.0], [-0.0, 65504.0, 2.0 ** -14]], dtype)
    if kind == "b":
        return np.array([[True, False, True], [False, False, True]], dtype)
    ends = np.iinfo(dtype)
    return np.array([[ends.min, ends.max, 0], [1, 100, ends.max - 1]], dtype)


for code in ["i1", "u1", "b1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8"]:
    save(code, numbers("<" + code))
for code in ["i2", "u4", "i8", "f2", "f4", "f8"]:
    save("big-" + code, numbers(">" + code))
save("columns-i2", np.asfortranarray(numbers("<i2")))
save("columns-f8", np.asfortranarray(np.arange(24.0).reshape(2, 3, 4)))
save("version2", numbers("<i4"), (2, 0))
save("version3", numbers("<f4"), (3, 0))
save("scalar", np.array(-7, "<i4"))
save("vector", np.arange(5, dtype="<i2"))
save("empty", np.zeros((0, 3), "<f4"))

np.savez(os.path.join(FOLDER, "plain.npz"), w2=numbers("<i1"), b2=np.arange(3, dtype="<f4"))
np.savez_compressed(os.path.join(FOLDER, "packed.npz"),
                    **{"layer/kernel": np.zeros((16, 16), "<i2"), "bias": numbers("<f8")})

with open(os.path.join(FOLDER, "text.npy"), "wb") as file:
    npy.write_array(file, np.array(["no", "number"]), (1, 0))
with open(os.path.join(FOLDER, "objects.npy"), "wb") as file:
    npy.write_array(file, np.array([1, None], dtype=object), (1, 0), allow_pickle=True)
with open(os.path.join(FOLDER, "records.npy"), "wb") as file:
    npy.write_array(file, np.zeros(2, [("x", "<f4"), ("y", "<i2")]), (1, 0))
save("complex", np.zeros(2, "<c8"))
