"""What is measured, against whom, with the figures of the last run.

python -m bench TASK --data PATH --out PRED [--reader NAME]   predictions in the scorer's format
python -m bench                                               the scoreboard: each figure, the peer's, the floor
python -m bench.speed, bench.kills, bench.growth              speed, memory and faults, as ratios and counts
"""
