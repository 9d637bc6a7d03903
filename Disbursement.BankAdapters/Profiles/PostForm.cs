namespace Disbursement.BankAdapters.Profiles;

/// <summary>Sign-then-post (工行银企互联, specs/bank-direct-links.md): the file goes to a signing service in the house, and
/// what that gives is posted to the bank as one field of a form. Where either is reached stands in the link.</summary>
/// <param name="Charset">Of the file and of the bank's answer.</param>
/// <param name="SignType">Content type of the request to the signing service, e.g. INFOSEC_SIGN/1.0.</param>
/// <param name="SignResult">Element of its answer that tells whether it signed.</param>
/// <param name="SignDone">What stands there where it did; anything else, and nothing is posted.</param>
/// <param name="SignElement">Element of its answer that holds the signed file in Base64.</param>
/// <param name="Path">Path of the post below the link's address.</param>
/// <param name="Query">Parameters of the address, in order.</param>
/// <param name="Fields">Fields of the form, in order; exactly one is the signed file.</param>
/// <param name="AnswerField">What stands before the Base64 of the bank's immediate answer: <c>reqData=</c>.</param>
public sealed record PostForm(string Charset, string SignType, string SignResult, string SignDone, string SignElement,
    string Path, IReadOnlyList<PostField> Query, IReadOnlyList<PostField> Fields, string AnswerField);

/// <summary>Where a parameter's text comes from.</summary>
public enum PostValue
{
    /// <summary>The text the profile gives, or the link in its place.</summary>
    Text,
    /// <summary>Elements of the file, one behind the other: form and file cannot differ.</summary>
    Elements,
    /// <summary>The signed file.</summary>
    Signed,
}

/// <summary>One parameter of a post.</summary>
/// <param name="Elements">Paths in the file (<c>CMS/eb/pub/fSeqno</c>); an element may be empty, not absent.</param>
public sealed record PostField(string Name, PostValue Value, string Text = "", IReadOnlyList<string>? Elements = null);
