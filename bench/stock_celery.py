"""What most programs do for work outside the request: a Celery task with every setting as it comes."""

import os

import redis
from celery import Celery

app = Celery("stock", broker=os.environ.get("REDIS_URL", ""))


@app.task(name="bench.mark", ignore_result=True)
def mark() -> None:
    """Leave a mark that the one who clicked can see."""
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as line:
        line.set("mark", "x")
