#!/usr/bin/env python3
"""Draws test accuracy over receptive field: notebook.py ADDRESS DATASET > figure.svg, beside ADDRESS/clients/bagnetlab.py.
"""
import sys
from bagnetlab import Lab

runs = Lab(sys.argv[1]).runs(dataset=sys.argv[2])
runs = runs if isinstance(runs, list) else runs.to_dict("records")  # with pandas, a DataFrame
fields = {}
for run in runs:
    field = run.get("receptiveField") or run["imageSize"]  # the others see the whole image
    fields.setdefault((field, run["label"]), []).append(run["test"])
networks = sorted(fields.items())
x = lambda field: 60 + 380 * field / networks[-1][0][0]
y = lambda accuracy: 280 - 260 * accuracy
print('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 320" font-family="sans-serif" font-size="11">')
print('<rect width="480" height="320" fill="white"/><text x="180" y="312">receptive field (px)</text>')
for tick in (0, .25, .5, .75, 1):
    print(f'<text x="20" y="{y(tick) + 4}">{tick:.2f}</text><path d="M50 {y(tick)}H460" stroke="lightgrey"/>')
for field in {field for field, _ in fields}:
    print(f'<text x="{x(field)}" y="296" text-anchor="middle">{field}</text>')
for (field, label), tests in networks:
    print(f'<g fill-opacity=".5"><title>{label}</title>')
    print(*(f'<circle cx="{x(field)}" cy="{y(test)}" r="3"/>' for test in tests), "</g>")
print("</svg>")
