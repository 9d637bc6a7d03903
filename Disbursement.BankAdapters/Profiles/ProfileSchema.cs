using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Disbursement.BankAdapters.Profiles;

/// <summary>The JSON schema of profile files, made from <see cref="BankProfile"/>;
/// it ships as <c>bank-profile.schema.json</c>.</summary>
public static class ProfileSchema
{
    public static string Text()
    {
        var options = new JsonSerializerOptions(BankProfile.Json)
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        var strict = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true };
        var schema = options.GetJsonSchemaAsNode(typeof(BankProfile), strict).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "Bank profile 银行配置");
        return schema.ToJsonString(options) + "\n";
    }
}
