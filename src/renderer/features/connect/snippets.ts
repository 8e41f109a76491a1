/** What to paste to make a service send here, per language and place: a pure function of the bound endpoints. */

import { authority, type Endpoints, endpointAt, localEndpoint, type Protocol } from './endpoints.ts'

export type Shell = 'posix' | 'powershell'

export interface SnippetStep {
  readonly title: string
  /** The file the code belongs into; without it the code is for a terminal. */
  readonly file?: string
  readonly code: string
}

export interface Snippet {
  readonly id: string
  readonly name: string
  readonly steps: readonly SnippetStep[]
  /** What else to know, in a sentence or two. */
  readonly note?: string
}

export interface SnippetChoice {
  readonly endpoints: Endpoints
  readonly protocol: Protocol
  readonly shell: Shell
}

const otlpProtocol: Readonly<Record<Protocol, string>> = { grpc: 'grpc', http: 'http/protobuf' }

/** The variables every SDK reads (OpenTelemetry specification, "OTLP Exporter" and "SDK environment variables"). */
function sdkVariables(endpoint: string, protocol: Protocol): readonly (readonly [string, string])[] {
  return [
    ['OTEL_SERVICE_NAME', 'my-service'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', endpoint],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', otlpProtocol[protocol]],
    ['OTEL_TRACES_EXPORTER', 'otlp'],
    ['OTEL_LOGS_EXPORTER', 'otlp'],
    ['OTEL_METRICS_EXPORTER', 'otlp'],
  ]
}

function variableLines(variables: readonly (readonly [string, string])[], shell: Shell): string {
  return variables
    .map(([name, value]) => (shell === 'posix' ? `export ${name}="${value}"` : `$env:${name} = "${value}"`))
    .join('\n')
}

/** Every snippet in the order they are offered. */
export function snippets(choice: SnippetChoice): readonly Snippet[] {
  const { endpoints, protocol, shell } = choice
  const endpoint = localEndpoint(endpoints[protocol])
  const http = localEndpoint(endpoints.http)
  const run = (command: string, more: readonly (readonly [string, string])[] = [], only: Protocol = protocol): string =>
    `${variableLines([...sdkVariables(localEndpoint(endpoints[only]), only), ...more], shell)}\n${command}`
  const curl = shell === 'posix' ? 'curl' : 'curl.exe'

  return [
    {
      id: 'node',
      name: 'Node.js',
      steps: [
        { title: 'Install', code: 'npm install @opentelemetry/api @opentelemetry/auto-instrumentations-node' },
        { title: 'Run', code: run('node --import @opentelemetry/auto-instrumentations-node/register app.js') },
      ],
      note: 'Instruments http, frameworks, databases and loggers (pino, winston, bunyan). ES modules additionally need --experimental-loader=@opentelemetry/instrumentation/hook.mjs.',
    },
    {
      id: 'python',
      name: 'Python',
      steps: [
        {
          title: 'Install',
          code: 'pip install opentelemetry-distro opentelemetry-exporter-otlp\nopentelemetry-bootstrap -a install',
        },
        {
          title: 'Run',
          code: run('opentelemetry-instrument python app.py'),
        },
      ],
      note: 'The second line of "Install" adds instrumentation for the libraries it finds installed: run it in the environment of your service.',
    },
    {
      id: 'java',
      name: 'Java',
      steps: [
        {
          title: 'Get the agent',
          code: `${curl} -LO https://github.com/open-telemetry/opentelemetry-java-instrumentation/releases/latest/download/opentelemetry-javaagent.jar`,
        },
        { title: 'Run', code: run('java -javaagent:opentelemetry-javaagent.jar -jar app.jar') },
      ],
    },
    {
      id: 'go',
      name: 'Go',
      steps: [
        { title: 'Add this file and call setupTelemetry first in main', file: 'telemetry.go', code: goCode },
        { title: 'Get the modules', code: 'go mod tidy' },
        { title: 'Run', code: run('go run .') },
      ],
      note: 'Wrap handlers with otelhttp.NewHandler and clients with otelhttp.NewTransport for spans; log with slog.InfoContext and its like so that records carry the trace.',
    },
    {
      id: 'dotnet',
      name: '.NET',
      steps: [
        { title: 'Install the automatic instrumentation', code: shell === 'posix' ? dotnetPosix : dotnetPowerShell },
        {
          title: 'Run',
          code: run(
            shell === 'posix'
              ? '. $HOME/.otel-dotnet-auto/instrument.sh\ndotnet run'
              : 'Register-OpenTelemetryForCurrentSession -OTelServiceName "my-service"\ndotnet run',
          ),
        },
      ],
      ...(shell === 'powershell'
        ? { note: 'The installation needs Windows PowerShell 5.1 with administrator rights.' }
        : {}),
    },
    {
      id: 'ruby',
      name: 'Ruby',
      steps: [
        {
          title: 'Install',
          code: 'bundle add opentelemetry-sdk opentelemetry-exporter-otlp opentelemetry-instrumentation-all \\\n  opentelemetry-logs-sdk opentelemetry-exporter-otlp-logs'.replace(
            ' \\\n ',
            shell === 'posix' ? ' \\\n ' : ' `\n ',
          ),
        },
        {
          title: 'Add (in Rails: config/initializers/opentelemetry.rb)',
          file: 'opentelemetry.rb',
          code: "require 'opentelemetry/sdk'\nrequire 'opentelemetry-logs-sdk'\nrequire 'opentelemetry-exporter-otlp'\nrequire 'opentelemetry-exporter-otlp-logs'\nrequire 'opentelemetry/instrumentation/all'\n\nOpenTelemetry::SDK.configure do |c|\n  c.use_all\nend",
        },
        { title: 'Run', code: run('bundle exec ruby app.rb', [], 'http') },
      ],
      note: "Ruby's exporters speak HTTP only. For its metrics, still experimental, add the gems opentelemetry-metrics-sdk and opentelemetry-exporter-otlp-metrics and require both.",
    },
    {
      id: 'php',
      name: 'PHP',
      steps: [
        {
          title: 'Install',
          code: 'pecl install opentelemetry\ncomposer require open-telemetry/sdk open-telemetry/exporter-otlp guzzlehttp/guzzle php-http/guzzle7-adapter',
        },
        { title: 'Enable the extension', file: 'php.ini', code: 'extension=opentelemetry.so' },
        {
          title: 'Run',
          code: run('php -S 127.0.0.1:8080', [['OTEL_PHP_AUTOLOAD_ENABLED', 'true']], 'http'),
        },
      ],
      note: 'Spans come from instrumentation packages: composer require open-telemetry/opentelemetry-auto-laravel, -auto-symfony, -auto-slim, -auto-pdo and others. gRPC would need one more extension; HTTP works without.',
    },
    {
      id: 'browser',
      name: 'Browser',
      steps: [
        {
          title: 'Install',
          code: 'npm install @opentelemetry/auto-instrumentations-web @opentelemetry/exporter-trace-otlp-http @opentelemetry/instrumentation @opentelemetry/resources @opentelemetry/sdk-trace-web',
        },
        { title: 'Import this file first', file: 'telemetry.js', code: browserCode(http) },
      ],
      note: 'Browsers speak HTTP only. Pages served from localhost may send; other origins are refused.',
    },
    {
      id: 'collector',
      name: 'Collector',
      steps: [
        { title: 'Configure', file: 'collector.yaml', code: collectorConfig(endpoints, protocol) },
        { title: 'Run', code: 'otelcol --config collector.yaml' },
      ],
      note: 'Services send to the Collector on 14317 and 14318, because Spanlight holds the standard ports. In a configuration you already have, add the exporter to its pipelines. Collectors before 0.144 call the exporters otlp and otlphttp.',
    },
    {
      id: 'docker',
      name: 'Docker',
      steps: [
        {
          title: 'docker run',
          code: dockerRun(endpointAt('host.docker.internal', endpoints[protocol]), protocol, shell),
        },
        {
          title: 'Or with Compose',
          file: 'compose.yaml',
          code: compose(endpointAt('host.docker.internal', endpoints[protocol]), protocol),
        },
      ],
      note: 'The service in the image needs an OpenTelemetry SDK, as under its language.',
    },
    {
      id: 'wsl',
      name: 'WSL',
      steps: [
        {
          title: 'In WSL, with Spanlight on Windows (NAT mode, the default)',
          code: variableLines(
            sdkVariables(
              endpointAt("$(ip route show default | awk '{print $3; exit}')", endpoints[protocol]),
              protocol,
            ),
            'posix',
          ),
        },
        {
          title: 'In WSL with mirrored networking, or with both on the same side',
          code: variableLines(sdkVariables(endpoint, protocol), 'posix'),
        },
      ],
      note: 'Services on Windows reach a Spanlight inside WSL over 127.0.0.1 as it is.',
    },
    {
      id: 'curl',
      name: 'curl',
      steps: [{ title: 'Send one span by hand (bash, zsh)', code: curlCode(http) }],
      note: 'Needs no SDK: shows whether anything can arrive at all.',
    },
  ]
}

const goCode = `package main

import (
	"context"
	"errors"
	"log/slog"

	"go.opentelemetry.io/contrib/bridges/otelslog"
	"go.opentelemetry.io/contrib/exporters/autoexport"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/log/global"
	"go.opentelemetry.io/otel/propagation"
	sdklog "go.opentelemetry.io/otel/sdk/log"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// setupTelemetry sends spans, metrics and slog records where the OTEL_ variables say.
// Call the returned function before the program ends.
func setupTelemetry(ctx context.Context) (func(context.Context) error, error) {
	spans, err := autoexport.NewSpanExporter(ctx)
	if err != nil {
		return nil, err
	}
	readings, err := autoexport.NewMetricReader(ctx)
	if err != nil {
		return nil, err
	}
	logs, err := autoexport.NewLogExporter(ctx)
	if err != nil {
		return nil, err
	}
	tracers := sdktrace.NewTracerProvider(sdktrace.WithBatcher(spans))
	meters := sdkmetric.NewMeterProvider(sdkmetric.WithReader(readings))
	loggers := sdklog.NewLoggerProvider(sdklog.WithProcessor(sdklog.NewBatchProcessor(logs)))
	otel.SetTracerProvider(tracers)
	otel.SetMeterProvider(meters)
	global.SetLoggerProvider(loggers)
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(
		propagation.TraceContext{}, propagation.Baggage{}))
	slog.SetDefault(otelslog.NewLogger("app"))
	return func(ctx context.Context) error {
		return errors.Join(tracers.Shutdown(ctx), meters.Shutdown(ctx), loggers.Shutdown(ctx))
	}, nil
}`

const dotnetPosix = `curl -sSfL https://github.com/open-telemetry/opentelemetry-dotnet-instrumentation/releases/latest/download/otel-dotnet-auto-install.sh -O
sh ./otel-dotnet-auto-install.sh
chmod +x $HOME/.otel-dotnet-auto/instrument.sh`

const dotnetPowerShell = `$module = Join-Path $env:TEMP "OpenTelemetry.DotNet.Auto.psm1"
Invoke-WebRequest -Uri "https://github.com/open-telemetry/opentelemetry-dotnet-instrumentation/releases/latest/download/OpenTelemetry.DotNet.Auto.psm1" -OutFile $module -UseBasicParsing
Import-Module $module
Install-OpenTelemetryCore`

function browserCode(http: string): string {
  return `import { getWebAutoInstrumentations } from '@opentelemetry/auto-instrumentations-web'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { registerInstrumentations } from '@opentelemetry/instrumentation'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, WebTracerProvider } from '@opentelemetry/sdk-trace-web'

const provider = new WebTracerProvider({
  resource: resourceFromAttributes({ 'service.name': 'my-web-app' }),
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: '${http}/v1/traces' }))],
})
provider.register()
registerInstrumentations({ instrumentations: [getWebAutoInstrumentations()] })`
}

function collectorConfig(endpoints: Endpoints, protocol: Protocol): string {
  const exporter = protocol === 'grpc' ? 'otlp_grpc/spanlight' : 'otlp_http/spanlight'
  const target =
    protocol === 'grpc'
      ? `    endpoint: ${authority(endpoints.grpc)}\n    tls:\n      insecure: true`
      : `    endpoint: ${localEndpoint(endpoints.http)}`
  return `receivers:
  otlp:
    protocols:
      grpc:
        endpoint: 127.0.0.1:14317
      http:
        endpoint: 127.0.0.1:14318

exporters:
  ${exporter}:
${target}

service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [${exporter}]
    metrics:
      receivers: [otlp]
      exporters: [${exporter}]
    logs:
      receivers: [otlp]
      exporters: [${exporter}]`
}

function dockerRun(endpoint: string, protocol: Protocol, shell: Shell): string {
  const join = shell === 'posix' ? ' \\\n  ' : ' `\n  '
  return [
    'docker run --rm',
    '--add-host=host.docker.internal:host-gateway',
    ...sdkVariables(endpoint, protocol).map(([name, value]) => `-e ${name}=${value}`),
    'my-image',
  ].join(join)
}

function compose(endpoint: string, protocol: Protocol): string {
  return `services:
  my-service:
    image: my-image
    extra_hosts:
      - "host.docker.internal:host-gateway"
    environment:
${sdkVariables(endpoint, protocol)
  .map(([name, value]) => `      ${name}: "${value}"`)
  .join('\n')}`
}

function curlCode(http: string): string {
  return `now=$(date +%s)
curl -i ${http}/v1/traces -H 'content-type: application/json' -d '{
  "resourceSpans": [{
    "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "hello"}}]},
    "scopeSpans": [{"spans": [{
      "traceId": "'$(od -An -N16 -tx1 /dev/urandom | tr -d ' \\n')'",
      "spanId": "'$(od -An -N8 -tx1 /dev/urandom | tr -d ' \\n')'",
      "name": "hello", "kind": 1,
      "startTimeUnixNano": "'$now'000000000", "endTimeUnixNano": "'$now'250000000"
    }]}]
  }]
}'`
}
