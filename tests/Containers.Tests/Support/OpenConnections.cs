using System.Net.WebSockets;
using System.Text;

namespace DuskStack.Containers.Tests;

/// <summary>A client that reads server-sent events and one that holds a websocket, both in use: what keeps servers from stopping.</summary>
public sealed class OpenConnections : IDisposable
{
    private readonly HttpClient client;
    private readonly HttpResponseMessage events;
    private readonly ClientWebSocket? socket;

    private OpenConnections(HttpClient client, HttpResponseMessage events, ClientWebSocket? socket)
    {
        this.client = client;
        this.events = events;
        this.socket = socket;
    }

    /// <summary>Opens both, and comes back when each has carried data.</summary>
    /// <param name="http">Where the service listens.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="websocket">False for a service that has none.</param>
    public static async Task<OpenConnections> To(Uri http, CancellationToken cancellation, bool websocket = true)
    {
        var client = new HttpClient { BaseAddress = http, Timeout = Timeout.InfiniteTimeSpan };
        HttpResponseMessage events = await client.GetAsync("/api/events", HttpCompletionOption.ResponseHeadersRead, cancellation);
        events.EnsureSuccessStatusCode();
        var reader = new StreamReader(await events.Content.ReadAsStreamAsync(cancellation));
        while (await reader.ReadLineAsync(cancellation) is { } line && !line.StartsWith("data:", StringComparison.Ordinal))
        {
        }

        if (!websocket)
            return new(client, events, null);
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(new Uri(http, "/api/ws")) { Scheme = "ws" }.Uri, cancellation);
        await socket.SendAsync(Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text, endOfMessage: true, cancellation);
        await socket.ReceiveAsync(new byte[64], cancellation);
        return new(client, events, socket);
    }

    public void Dispose()
    {
        socket?.Dispose();
        events.Dispose();
        client.Dispose();
    }
}
