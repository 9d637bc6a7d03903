namespace Disbursement.BankAdapters.Codecs.Iso20022;

/// <summary>Name and account of one side. Versions before .08 write the name bare, later ones within Pty.</summary>
internal struct Party()
{
    public string Name = "";
    public string Account = "";

    /// <summary>Reads Cdtr or Dbtr: Nm, or Pty/Nm.</summary>
    public void ReadName(IsoXml xml)
    {
        var depth = xml.Depth;
        while (xml.Child(depth))
        {
            if (xml.Name == "Nm") Name = xml.Text();
            else if (xml.Name == "Pty" && xml.Descend("Nm")) Name = xml.Text();
        }
    }

    /// <summary>Reads an account: Id/IBAN or Id/Othr/Id.</summary>
    public void ReadAccount(IsoXml xml)
    {
        var depth = xml.Depth;
        while (xml.Child(depth))
        {
            if (xml.Name != "Id") continue;
            var id = xml.Depth;
            while (xml.Child(id))
            {
                if (xml.Name == "IBAN") Account = xml.Text();
                else if (xml.Name == "Othr" && xml.Descend("Id")) Account = xml.Text();
            }
        }
    }
}
