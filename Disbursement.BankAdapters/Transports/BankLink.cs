using System.Text.Json;
using System.Text.Json.Serialization;
using Disbursement.BankAdapters.Transports.Https;
using Disbursement.BankAdapters.Transports.Packets;
using Disbursement.BankAdapters.Transports.Sftp;

namespace Disbursement.BankAdapters.Transports;

/// <summary>How this installation reaches one bank: address, account, pins. The profile says what the bank offers; the
/// link says which of it is used here. Secrets stand in it by reference only.</summary>
public sealed record BankLink
{
    /// <summary>The kind of transport; null for the one that has a part below, or else the profile's own.</summary>
    public string? Kind { get; init; }

    public SftpLink? Sftp { get; init; }

    public HttpsLink? Https { get; init; }

    public PacketLink? Packet { get; init; }

    /// <summary>The kind that is used, or null where the link leaves it to the profile.</summary>
    [JsonIgnore]
    public string? Transport => Kind ?? (Sftp is not null ? SftpTransport.Kind
        : Https is not null ? HttpsTransport.Kind
        : Packet is not null ? PacketTransport.Kind : null);

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false, // a key given twice: which of the two was meant is not ours to guess
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };
}
