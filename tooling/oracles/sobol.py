"""Makes the Sobol direction numbers of packages/transport and the points that its test compares with.

Both come from SciPy (1.17.1), whose table is new-joe-kuo-6.21201 of S. Joe and F. Y. Kuo,
"Constructing Sobol sequences with better two-dimensional projections", SIAM J. Sci. Comput. 30 (2008).

    pip install numpy==2.* scipy==1.17.1 && python sobol.py
"""

import json
import pathlib

import numpy as np
import scipy.stats
from scipy.stats import qmc

DIMENSIONS = 1111  # all primitive polynomials up to degree 13
here = pathlib.Path(__file__).parent
package = here.parent.parent / "packages" / "transport"

table = np.load(pathlib.Path(scipy.stats.__file__).parent / "_sobol_direction_numbers.npz")
lines = []
for index in range(1, DIMENSIONS):
    polynomial = int(table["poly"][index])
    degree = polynomial.bit_length() - 1
    inner = (polynomial >> 1) & ((1 << (degree - 1)) - 1)
    initial = [int(m) for m in table["vinit"][index][:degree]]
    lines.append(" ".join(map(str, [inner, *initial])))

(package / "src" / "sobol" / "direction-numbers.ts").write_text(
    "// Made by tooling/oracles/sobol.py. Do not edit.\n\n"
    "/**\n"
    " * Joe and Kuo's primitive polynomials and first direction numbers, new-joe-kuo-6.21201, for dimensions 2 to 1,111.\n"
    " * One dimension a line: the inner coefficients of the polynomial as bits, then m_1, m_2, ...; there are as many of\n"
    " * those as the polynomial's degree.\n"
    " */\n"
    "export const directionNumbers = `\n" + "\n".join(lines) + "\n`;\n"
)

sequences = []
for dimension, start, count in [(1, 0, 16), (2, 0, 16), (7, 1000, 8), (100, 4093, 6), (1111, 2, 2), (33, 2**20 - 1, 3)]:
    sequence = qmc.Sobol(dimension, scramble=False)
    if start > 0:
        sequence.fast_forward(start)
    sequences.append({"dimension": dimension, "start": start, "points": sequence.random(count).tolist()})
(package / "test" / "sobol-vectors.json").write_text(
    json.dumps({"scipy": scipy.__version__, "sequences": sequences}) + "\n"
)
