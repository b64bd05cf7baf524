package org.xfrmctl.datapath.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.datapath.engine.DecisionWatch;
import org.xfrmctl.datapath.engine.SecurityAssociation;
import org.xfrmctl.datapath.engine.Selection;
import org.xfrmctl.datapath.engine.StateQuery;
import org.xfrmctl.datapath.engine.Walk;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.explain.TemplateAnswer.Answer;
import org.xfrmctl.datapath.explain.TemplateAnswer.PassedOver;

/** Notes what a lookup asks of the SAD, and what it hears. */
final class TemplateWatch implements DecisionWatch {
    private final Walk walk;
    private final List<TemplateAnswer> answers = new ArrayList<>();

    TemplateWatch(XfrmNamespace namespace) {
        this.walk = new Walk(namespace);
    }

    List<TemplateAnswer> answers() {
        return List.copyOf(answers);
    }

    @Override
    public void asked(StateQuery query, Selection selection) {
        Optional<SecurityAssociation> taken =
                selection instanceof Selection.Found found ? Optional.of(found.association()) : Optional.empty();
        List<PassedOver> others = walk.passedOver(query, taken).stream()
                .map(candidate -> new PassedOver(candidate.association().definition(), candidate.mismatch()))
                .toList();
        answers.add(new TemplateAnswer(
                query.template(), query.source(), query.destination(), answer(query, selection), others));
    }

    private static Answer answer(StateQuery query, Selection selection) {
        if (selection instanceof Selection.Found found) {
            return new Answer.Taken(found.association().definition());
        } else if (query.template().level().isOptional()) {
            return new Answer.Skipped();
        } else if (selection instanceof Selection.Pending) {
            return new Answer.Pending();
        }
        return selection instanceof Selection.Taken ? new Answer.SpiTaken() : new Answer.Missing();
    }
}
