using System.Globalization;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Cards;

/// <summary>
/// The bank's word on card applications. An account that it opened becomes a version of the worker's payee account,
/// proposed by whoever applied, and waits for another person's approval as any other does; a refused application, and
/// whatever does not fit, is an exception.
/// </summary>
internal static class CardAnswers
{
    /// <summary>Whether a message is about a batch of cards: by its kind, or a word on the whole batch.</summary>
    public static bool Concern(DecisionContext context, BankMessageRow message, MessageHead head) =>
        head.Kind is MessageKind.Cards
        || (head.Kind is MessageKind.FileStatus && (Find(context, message, head) is not null
            || IsListed(context, message, head)));

    public static void Apply(DecisionContext context, Changes changes, BankMessageRow message, MessageHead head,
        IReadOnlyList<ReportLine> lines, BankTerms bank, ExceptionLog log)
    {
        var batch = Find(context, message, head);
        if (batch?.FirstSentAt is null)
        {
            // As of a file: an answer to what never went out from here is a sign of an older backup, unless the journal
            // has told of that batch already.
            log.Add(IsListed(context, message, head) ? ExceptionKinds.CardBatchLost
                : batch is not null ? ExceptionKinds.NeverSent
                : RestoreLock.BuiltElsewhere(context, head.FileReference) ? ExceptionKinds.FileAhead
                : ExceptionKinds.UnknownFile, 0, 0, 0, head.FileReference ?? "");
            return;
        }
        var reading = new Reading(context, changes, message, batch, bank, log);
        if (head.FileWord is FileWord.Refused) reading.RefuseAll(head.ReasonCode);
        else foreach (var line in lines) reading.Take(line);
        reading.Write(isTaken: lines.Count > 0 || head.FileWord is FileWord.Accepted);
    }

    private static CardBatchRow? Find(DecisionContext context, BankMessageRow message, MessageHead head) =>
        head.FileReference is { } reference
            ? context.Rows.Find<CardBatchRow>(("profile", message.Profile), ("reference", reference)) : null;

    /// <summary>The send journal knows it, and this database lost it with those who were on it.</summary>
    private static bool IsListed(DecisionContext context, BankMessageRow message, MessageHead head) =>
        head.FileReference is { } reference && CardJournal.Lists(context.Rows, message.Profile, reference);

    private sealed class Reading(DecisionContext context, Changes changes, BankMessageRow message, CardBatchRow batch,
        BankTerms bank, ExceptionLog log)
    {
        private readonly Dictionary<long, CardLine> _open = context.Queries.CardLines(batch.Batch)
            .ToDictionary(l => l.RowReference);
        private readonly List<PayeeAccountRow> _payees = [];
        private readonly List<CardAnswerRow> _answers = [];
        private bool _isRefused;

        public void Take(in ReportLine line)
        {
            // No outcome: it changes nothing. A word that no code list knows is told.
            if (line.Unknown.Length > 0) Differs(line, $"{ExceptionKinds.UnknownWord} {ReportMatch.Unknown(line)}");
            if (line.Word is LineWord.Pending or LineWord.Doubtful) return;
            var row = ReportMatch.Row(line);
            if (!_open.TryGetValue(row, out var application))
                Differs(line, "UnknownRow");
            // Two people said that the bank never got it; those on it may stand in another batch by now.
            else if (batch.State is FileState.Withdrawn) Differs(line, "NeverArrived");
            else if (application.Answered > 0) Again(application, line);
            else if (WorkerText.Open(context.Vault, application.Worker, application.Secret, application.Sealed)
                is not { } worker || worker.Name != line.Name) Differs(line, "NameDiffers");
            else if (line.Word is not LineWord.Settled)
            {
                log.Add(ExceptionKinds.CardRefused, line.Line, 0, 0, Detail(row, Reason(line)));
                Answer(application, line.Line, null, Reason(line));
            }
            else Issue(application, worker, line);
        }

        /// <summary>The bank takes no row of the batch.</summary>
        public void RefuseAll(string reason)
        {
            if (!CardMachine.Table.Step(batch.State, FileTrigger.Refuse, Place.Of("card", "")).Accepted)
            {
                log.Add(ExceptionKinds.CardAnswerDiffers, 0, 0, 0, Detail(0, $"FileContradicted {reason}"));
                return;
            }
            _isRefused = true;
            log.Add(ExceptionKinds.CardRefused, 0, 0, 0, Detail(0, reason));
            foreach (var open in _open.Values.Where(l => l.Answered == 0).OrderBy(l => l.RowReference).ToList())
                Answer(open, 0, null, reason.Length > 0 ? reason : nameof(ReturnReason.Other));
        }

        /// <summary>Writes accounts, answers and the batch as they leave it.</summary>
        /// <param name="isTaken">Whether the message shows that the bank has the batch.</param>
        public void Write(bool isTaken)
        {
            var state = batch.State;
            if (_isRefused) state = FileState.Refused;
            else if (isTaken && CardMachine.Table.Step(state, FileTrigger.Accept, Place.Of("card", "")).Accepted)
                state = FileState.Accepted;
            var issued = _answers.Count(a => a.PayeeVersion is not null);
            var open = batch.LinesOpen - _answers.Count;
            if (state is FileState.Accepted && open == 0) state = FileState.Reconciled;
            changes.Insert(_payees).Insert(_answers);
            if (state == batch.State && _answers.Count == 0) return;
            changes.Update(batch with
            {
                Version = batch.Version + 1,
                State = state,
                LeaseUntil = null,
                LinesOpen = open,
                LinesIssued = batch.LinesIssued + issued,
                LinesRefused = batch.LinesRefused + _answers.Count - issued,
            });
        }

        private void Issue(CardLine application, WorkerText worker, in ReportLine line)
        {
            if (line.Account.Length is < 8 or > 32 || !Digits.All(line.Account))
            {
                Differs(line, "NoAccount");
                return;
            }
            var hash = context.Vault.AccountHash(line.Account);
            // An account that is somebody else's is not one that was opened for this worker (one card, one person).
            if (_payees.Exists(p => p.AccountHash.AsSpan().SequenceEqual(hash))
                || context.Rows.List<PayeeAccountRow>(("account_hash", hash)).Any(p => p.Worker != application.Worker))
            {
                Differs(line, "CardOfOther");
                return;
            }
            var version = application.PayeeVersion ?? 0;
            // Entered by hand meanwhile, it is the same account.
            if (application.PayeeHash is not { } held || !held.AsSpan().SequenceEqual(hash))
                _payees.Add(Payee(application.Worker, ++version, hash,
                    new PayeeText(line.Account, worker.Name, bank.NameZh)));
            Answer(application, line.Line, version, null);
        }

        private PayeeAccountRow Payee(long worker, long version, byte[] hash, PayeeText text) => new()
        {
            Worker = worker,
            Version = version,
            AccountHash = hash,
            BankCode = BranchCode(),
            Sealed = text.Seal(context.Vault, worker, version),
            ProposedBy = batch.Person,
            Document = message.Document,
        };

        /// <summary>The card is kept at the branch that keeps the wage account.</summary>
        private string BranchCode()
        {
            var wage = context.Rows.Find<WageAccountRow>(("account", batch.Account))!;
            var account = context.Rows.Find<BankAccountRow>(("bank_account", wage.BankAccount))!;
            return BankAccountText.Open(context.Vault, account).BankCode;
        }

        /// <summary>A repeat changes nothing; another word than before is told.</summary>
        private void Again(CardLine application, in ReportLine line)
        {
            var isSame = line.Word is LineWord.Settled
                ? application.IssuedHash is { } hash
                    && hash.AsSpan().SequenceEqual(context.Vault.AccountHash(line.Account))
                : application.Issued is null;
            if (!isSame) Differs(line, "AnsweredOtherwise");
        }

        private void Answer(CardLine application, long line, long? version, string? reason)
        {
            _answers.Add(new CardAnswerRow
            {
                Batch = batch.Batch,
                RowReference = application.RowReference,
                PayeeVersion = version,
                Reason = reason,
                Document = message.Document,
                DocumentLine = line,
            });
            _open.Remove(application.RowReference);
        }

        private void Differs(in ReportLine line, string why) => log.Add(ExceptionKinds.CardAnswerDiffers, line.Line, 0,
            0, string.Create(CultureInfo.InvariantCulture, $"{batch.Reference} row {line.RowReference}: {why}"));

        private string Detail(long row, string why) =>
            string.Create(CultureInfo.InvariantCulture, $"{batch.Reference} row {row}: {why}");

        private static string Reason(in ReportLine line) => $"{line.Reason} {line.ReasonCode}".TrimEnd();
    }
}
