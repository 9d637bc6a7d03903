namespace Disbursement.Engine.Files;

/// <summary>How a claim is paid: by a disbursement file, outside of it (with evidence), or not at all any more.</summary>
public enum PaymentChannel { File, Outside, Void }
