using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Disbursement.Engine.Feeds;

namespace Disbursement.Host.Feeds;

/// <summary>What a subscriber answered to a line.</summary>
/// <param name="Holds">The last record it says it holds.</param>
/// <param name="Status">HTTP status, where an answer came.</param>
internal sealed record FeedReply(FeedAnswer Answer, long? Holds = null, long? Status = null);

/// <summary>Hands one line to a subscriber and hears its answer.</summary>
internal delegate FeedReply FeedCall(FeedSubscriberRow to, FeedLine line);

/// <summary>
/// The webhook: a POST of one line. No redirect is followed and no proxy asked, for two people decided this very
/// address; a receiver that hangs costs a bounded time.
/// </summary>
internal sealed class FeedPost : IDisposable
{
    /// <summary>From the call to the last byte of its answer.</summary>
    public TimeSpan LongestCall { get; init; } = TimeSpan.FromSeconds(10);

    private const int MostAnswerBytes = 4096;
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    public FeedReply Call(FeedSubscriberRow to, FeedLine line)
    {
        using var limit = new CancellationTokenSource(LongestCall);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, to.Url)
            {
                Content = new ByteArrayContent(Encoding.UTF8.GetBytes(line.Text + "\n")),
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            // The same for the same batch, however often it goes.
            request.Headers.Add("Idempotency-Key",
                string.Create(CultureInfo.InvariantCulture, $"{to.Ledger}-{to.Name}-{line.Batch.Batch}"));
            using var response = _client.Send(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return Read(response, line, limit.Token);
        }
        catch (OperationCanceledException)
        {
            return new FeedReply(FeedAnswer.Silent);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return new FeedReply(FeedAnswer.Unreachable);
        }
    }

    public void Dispose() => _client.Dispose();

    private static FeedReply Read(HttpResponseMessage response, FeedLine line, CancellationToken limit)
    {
        using var stream = response.Content.ReadAsStream(limit);
        // A stream that trickles must end by the same limit: disposing it breaks the read.
        using var ended = limit.Register(stream.Dispose);
        var bytes = new byte[MostAnswerBytes];
        int read;
        try
        {
            read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        catch (Exception cut) when (limit.IsCancellationRequested && cut is IOException or ObjectDisposedException)
        {
            throw new OperationCanceledException(limit);
        }
        return Of(response.StatusCode, Last(bytes.AsMemory(0, read)), line);
    }

    /// <summary>What an answer means, whoever carried it.</summary>
    public static FeedReply Of(HttpStatusCode status, long? holds, FeedLine line) => (status, holds) switch
    {
        // Less than the line begins with: it was put back to an older state, or is new at this address.
        (HttpStatusCode.OK or HttpStatusCode.Conflict, { } last) when last < line.Batch.FirstN - 1 =>
            new FeedReply(FeedAnswer.Gap, last, (long)status),
        (HttpStatusCode.OK, { } last) when last >= line.Batch.LastN =>
            new FeedReply(FeedAnswer.Acknowledged, last, (long)status),
        (HttpStatusCode.OK, null) => new FeedReply(FeedAnswer.Unreadable, null, (long)status),
        _ => new FeedReply(FeedAnswer.Refused, holds, (long)status),
    };

    /// <summary>"last" of the answer's JSON object; null where there is none.</summary>
    private static long? Last(ReadOnlyMemory<byte> answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("last", out var last)
                && last.ValueKind == JsonValueKind.Number && last.TryGetInt64(out var number) && number >= 0
                ? number : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
