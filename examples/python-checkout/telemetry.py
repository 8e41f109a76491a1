"""Sends traces, logs and metrics over OTLP. The OTEL_ variables say where to; unset, they mean this machine's port 4318."""

import logging
import os
import sys
from collections.abc import Callable

import structlog
from opentelemetry import metrics, trace
from opentelemetry._logs import set_logger_provider
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.logging.handler import LoggingHandler
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

DEFAULTS = {
    "OTEL_SERVICE_NAME": "python-checkout",
    "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318",
    # Today's attribute names, such as http.request.method instead of http.method.
    "OTEL_SEMCONV_STABILITY_OPT_IN": "http,database",
    # Send often rather than in big batches, so that nobody waits for their trace.
    "OTEL_BSP_SCHEDULE_DELAY": "500",
    "OTEL_BLRP_SCHEDULE_DELAY": "500",
    "OTEL_METRIC_EXPORT_INTERVAL": "5000",
}


def start() -> Callable[[], None]:
    """Call once, before the first span; call what it returns at the end, to send what is still unsent."""
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    resource = Resource.create()

    tracers = TracerProvider(resource=resource)
    tracers.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(tracers)

    loggers = LoggerProvider(resource=resource)
    loggers.add_log_record_processor(BatchLogRecordProcessor(OTLPLogExporter()))
    set_logger_provider(loggers)

    reader = PeriodicExportingMetricReader(OTLPMetricExporter())
    meters = MeterProvider(resource=resource, metric_readers=[reader])
    metrics.set_meter_provider(meters)

    _set_up_logging(loggers)

    def stop() -> None:
        for provider in (tracers, meters, loggers):
            provider.shutdown()

    return stop


def _set_up_logging(loggers: LoggerProvider) -> None:
    """structlog hands its events to `logging`, which prints them as JSON and sends them over OTLP."""
    structlog.configure(
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        processors=[structlog.stdlib.filter_by_level, structlog.stdlib.render_to_log_kwargs],
        cache_logger_on_first_use=True,
    )
    console = logging.StreamHandler(sys.stdout)
    console.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.processors.TimeStamper(fmt="iso"),
                structlog.stdlib.add_log_level,
                structlog.stdlib.ExtraAdder(),
                add_trace_id,
                structlog.processors.format_exc_info,
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    # Not basicConfig: it would write level and logger into the text of every record sent.
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    root.handlers = [console, LoggingHandler(logger_provider=loggers)]


def add_trace_id(_logger: object, _method: str, event: dict) -> dict:
    """The printed line names its trace too; over OTLP every record carries the ids by itself."""
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        event["trace_id"] = trace.format_trace_id(context.trace_id)
        event["span_id"] = trace.format_span_id(context.span_id)
    return event
