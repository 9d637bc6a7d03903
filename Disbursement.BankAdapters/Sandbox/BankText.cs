using System.Text;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>Character sets of the bank's files. Strict: what
/// cannot be read or written is an error, never a '?'.</summary>
internal static class BankText
{
    static BankText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static Encoding Gb18030 =>
        Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true);
}
