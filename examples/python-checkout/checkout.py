"""A checkout: takes the price from Redis or the database, charges the card, stores the order."""

import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import redis
import structlog
import uvicorn
from fastapi import FastAPI, HTTPException
from opentelemetry import metrics, trace
from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
from opentelemetry.instrumentation.redis import RedisInstrumentor
from opentelemetry.instrumentation.sqlalchemy import SQLAlchemyInstrumentor
from redis.backoff import NoBackoff
from redis.retry import Retry
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

import telemetry


class Base(DeclarativeBase):
    pass


class Product(Base):
    __tablename__ = "product"
    name: Mapped[str] = mapped_column(primary_key=True)
    price: Mapped[float]


class Order(Base):
    __tablename__ = "order"
    id: Mapped[int] = mapped_column(primary_key=True)
    product: Mapped[str]
    price: Mapped[float]


class CardDeclined(Exception):
    pass


stop_telemetry = telemetry.start()
log = structlog.get_logger("checkout")
tracer = trace.get_tracer("checkout")
orders = metrics.get_meter("checkout").create_counter("shop.orders", unit="{order}", description="Orders by outcome")

database = create_engine("sqlite:///checkout.db")
Base.metadata.create_all(database)
with Session(database) as session:
    session.merge(Product(name="teapot", price=42.5))
    session.merge(Product(name="piano", price=18_000))
    session.commit()

prices = redis.Redis.from_url(
    os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0"),
    decode_responses=True,
    socket_connect_timeout=1,
    retry=Retry(NoBackoff(), 0),
)


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    yield
    stop_telemetry()


app = FastAPI(lifespan=lifespan)
FastAPIInstrumentor.instrument_app(app, exclude_spans=["receive", "send"])
RedisInstrumentor().instrument()
SQLAlchemyInstrumentor().instrument(engine=database)


@app.post("/orders/{product}", status_code=201)
def order(product: str) -> dict:
    try:
        price = price_of(product)
        charge_card(price)
        number = store(product, price)
    except redis.ConnectionError as error:
        orders.add(1, {"outcome": "no-price"})
        log.exception("price not available", product=product)
        raise HTTPException(503, "The shop is closed: Redis does not answer.") from error
    except CardDeclined as error:
        orders.add(1, {"outcome": "declined"})
        log.warning("order declined", product=product, reason=str(error))
        raise HTTPException(402, str(error)) from error
    orders.add(1, {"outcome": "placed"})
    log.info("order placed", order=number, product=product, price=price)
    return {"order": number, "product": product, "price": price}


def price_of(product: str) -> float:
    """From Redis for ten seconds, then from the database again."""
    cached = prices.get(f"price:{product}")
    if cached is not None:
        return float(cached)
    with Session(database) as session:
        price = session.scalar(select(Product.price).where(Product.name == product))
    if price is None:
        raise HTTPException(404, f"There is no {product}. Try teapot or piano.")
    log.info("price read from the database", product=product, price=price)
    prices.set(f"price:{product}", price, ex=10)
    return price


@tracer.start_as_current_span("charge card")
def charge_card(amount: float) -> None:
    """A span of one's own; an exception that leaves it makes it an error."""
    trace.get_current_span().set_attribute("shop.amount", amount)
    time.sleep(0.03)
    if amount > 1_000:
        raise CardDeclined("card declined: over the limit")
    log.info("card charged", amount=amount)


def store(product: str, price: float) -> int:
    with Session(database) as session:
        placed = Order(product=product, price=price)
        session.add(placed)
        session.flush()
        number = placed.id
        session.commit()
        return number


if __name__ == "__main__":
    port = int(os.environ.get("PORT", "8082"))
    print(f"checkout on http://127.0.0.1:{port}/orders/teapot (POST)", flush=True)
    # Without a configuration of its own uvicorn logs as everything else does.
    uvicorn.run(app, host="127.0.0.1", port=port, log_config=None, log_level="warning")
