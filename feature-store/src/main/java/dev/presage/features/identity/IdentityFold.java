package dev.presage.features.identity;

import dev.presage.features.ApplyOutcome;
import dev.presage.features.FeatureEngine;
import dev.presage.features.ProfileState;
import dev.presage.features.identity.FoldOutcome.Kind;
import dev.presage.features.identity.Identity.Erased;
import dev.presage.features.identity.Identity.Own;
import dev.presage.features.identity.Identity.Redirect;
import dev.presage.features.state.CorruptStateException;
import dev.presage.features.state.ProfileCodec;
import dev.presage.schemas.avro.Absorb;
import dev.presage.schemas.avro.Consent;
import dev.presage.schemas.avro.Erase;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.Hop;
import dev.presage.schemas.avro.IdentityLink;
import dev.presage.schemas.avro.ProfileLogRecord;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The fold of what is known under an ID over the log of that ID, shared by the streams application
 * and the retrainer. No Kafka and no clock. Used by one thread.
 *
 * <p>A link turns a profile into a redirect: its state leaves as an {@link Absorb} for the log of
 * the other ID, and everything that comes later is sent on there. Whatever the order in which links
 * and events of several IDs arrive, each event is applied once, at the end of the redirects.
 *
 * <p>Two profiles that are told to move into each other, or more in a ring, end in a cycle of
 * redirects with all their states on the way. A record that was sent on carries the redirects that
 * it passed; the first redirect that meets itself among them sees the whole cycle, and the oldest
 * profile in it, by {@code bornAt} and then by ID, becomes a profile again. Every other redirect
 * that sees the cycle comes to the same result, as nobody but that one can leave it: the others at
 * most take a short cut to it. An ID that has changed since a record passed it, by its epoch, is no
 * evidence of a cycle any more.
 */
public final class IdentityFold {
  /**
   * More than any person has; of more, the oldest are forgotten, and only their lineage is lost.
   */
  static final int MOST_MEMBERS = 1_000;

  private static final Comparator<Hop> OLDEST_FIRST =
      Comparator.comparing(Hop::getBornAt).thenComparing(Hop::getProfileId);

  private static final ByteBuffer NO_STATE = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final FeatureEngine engine;
  private final ProfileCodec codec;

  /** Folds profiles with the features of an engine. */
  public IdentityFold(FeatureEngine engine) {
    this.engine = engine;
    this.codec = new ProfileCodec(engine);
  }

  /**
   * Applies the next record of the log of an ID.
   *
   * @param known what is known under the ID; changed, unless the outcome says that nothing is
   * @param entry with exactly one of its kinds; an event has a time
   * @param outbox takes what follows for other profiles
   */
  public FoldOutcome apply(String id, Known known, ProfileLogRecord entry, Outbox outbox) {
    return switch (known.identity()) {
      case Own own -> applyToOwn(id, own, known, entry, outbox);
      case Redirect redirect -> applyToRedirect(id, redirect, known, entry, outbox);
      case Erased erased -> applyToErased(id, erased, known, entry, outbox);
    };
  }

  private FoldOutcome applyToOwn(
      String id, Own own, Known known, ProfileLogRecord entry, Outbox outbox) {
    if (entry.getEvent() != null) {
      return event(own, known, entry.getEvent());
    }
    if (entry.getLink() != null) {
      return moveOut(id, own, known, entry.getLink(), outbox);
    }
    if (entry.getAbsorb() != null) {
      return moveIn(id, own, known, entry.getAbsorb());
    }
    if (entry.getErase() != null) {
      return erase(own, known, entry.getErase(), outbox);
    }
    return entry.getConsent() == null ? empty() : FoldOutcome.of(Kind.NOT_ERASED);
  }

  private FoldOutcome event(Own own, Known known, Event event) {
    long time = event.getOccurredAt().toEpochMilli();
    if (time < own.notBeforeMillis()) {
      return FoldOutcome.of(Kind.DROPPED);
    }
    ApplyOutcome outcome = engine.apply(known.features(), event);
    if (outcome.isApplied() && time < own.bornAtMillis()) {
      known.become(own.bornBy(time), known.features());
    }
    return FoldOutcome.of(outcome);
  }

  private FoldOutcome moveOut(String id, Own own, Known known, IdentityLink link, Outbox outbox) {
    String to = link.getTo();
    if (to.equals(id) || own.members().contains(to)) {
      return FoldOutcome.of(Kind.LINKED_ALREADY);
    }
    ProfileState features = known.features();
    Instant bornAt =
        own.bornAtMillis() == Identity.UNBORN
            ? link.getOccurredAt()
            : Instant.ofEpochMilli(own.bornAtMillis());
    Absorb absorb =
        new Absorb(
            id,
            features.isEmpty() ? NO_STATE : ByteBuffer.wrap(codec.encode(features)),
            link.getOccurredAt(),
            bornAt,
            own.members());
    known.become(new Redirect(to, to, bornAt.toEpochMilli(), own.epoch() + 1), engine.newState());
    outbox.send(to, LogEntries.of(absorb));
    return FoldOutcome.of(Kind.MOVED);
  }

  private FoldOutcome moveIn(String id, Own own, Known known, Absorb absorb) {
    ProfileState features = known.features();
    if (absorb.getState().hasRemaining()) {
      byte[] state = new byte[absorb.getState().remaining()];
      absorb.getState().duplicate().get(state);
      try {
        features = engine.merge(features, codec.decode(state));
      } catch (CorruptStateException e) {
        return FoldOutcome.invalid("the absorbed state cannot be read: " + e.getMessage());
      }
    }
    List<String> members = new ArrayList<>(own.members());
    addMember(absorb.getProfileId(), id, members);
    absorb.getMembers().forEach(member -> addMember(member, id, members));
    known.become(
        new Own(
            Math.min(own.bornAtMillis(), absorb.getBornAt().toEpochMilli()),
            own.notBeforeMillis(),
            members.subList(Math.max(0, members.size() - MOST_MEMBERS), members.size()),
            own.epoch()),
        features);
    return FoldOutcome.of(Kind.MERGED);
  }

  private static void addMember(String member, String id, List<String> members) {
    if (!member.equals(id) && !members.contains(member)) {
      members.add(member);
    }
  }

  private FoldOutcome erase(Own own, Known known, Erase erase, Outbox outbox) {
    if (erase.getFromWinner()) {
      // It has left the profile that was erased, or was let in again, meanwhile.
      return FoldOutcome.of(Kind.NOTHING_TO_ERASE);
    }
    boolean nothing = own.bornAtMillis() == Identity.UNBORN;
    known.become(
        new Erased(erase.getRequestedAt().toEpochMilli(), own.epoch() + 1), engine.newState());
    eraseMembers(own.members(), erase.getRequestedAt(), erase.getRequestId(), outbox);
    return FoldOutcome.of(nothing ? Kind.NOTHING_TO_ERASE : Kind.ERASED);
  }

  private static void eraseMembers(
      List<String> members, Instant requestedAt, String requestId, Outbox outbox) {
    for (String member : members) {
      outbox.send(member, LogEntries.of(new Erase(requestedAt, requestId, true)));
    }
  }

  private FoldOutcome applyToRedirect(
      String id, Redirect redirect, Known known, ProfileLogRecord entry, Outbox outbox) {
    IdentityLink link = entry.getLink();
    if (link != null && redirect.linkedTo().equals(link.getTo())) {
      return FoldOutcome.of(Kind.LINKED_ALREADY);
    }
    if (link != null && link.getImplied()) {
      return FoldOutcome.of(Kind.LINKED_ELSEWHERE);
    }
    if (entry.getConsent() != null) {
      return FoldOutcome.of(Kind.NOT_ERASED);
    }
    if (entry.getErase() != null && entry.getErase().getFromWinner()) {
      known.become(
          new Erased(entry.getErase().getRequestedAt().toEpochMilli(), redirect.epoch() + 1),
          engine.newState());
      return FoldOutcome.of(Kind.ERASED);
    }
    return sendOn(id, redirect, known, entry, outbox);
  }

  private FoldOutcome sendOn(
      String id, Redirect redirect, Known known, ProfileLogRecord entry, Outbox outbox) {
    List<Hop> via = new ArrayList<>(entry.getVia());
    int before = lastPass(via, id);
    if (before >= 0 && via.get(before).getEpoch() == redirect.epoch()) {
      return leaveCycle(id, redirect, via.subList(before, via.size()), known, entry, outbox);
    }
    via.add(hop(id, redirect));
    outbox.send(redirect.to(), LogEntries.via(entry, via));
    return FoldOutcome.of(Kind.SENT_ON);
  }

  private FoldOutcome leaveCycle(
      String id,
      Redirect redirect,
      List<Hop> cycle,
      Known known,
      ProfileLogRecord entry,
      Outbox outbox) {
    String oldest = cycle.stream().min(OLDEST_FIRST).orElseThrow().getProfileId();
    int epoch = redirect.epoch() + 1;
    if (oldest.equals(id)) {
      Own own = new Own(redirect.bornAtMillis(), 0, List.of(), epoch);
      known.become(own, engine.newState());
      return applyToOwn(id, own, known, entry, outbox);
    }
    Redirect shortCut = new Redirect(oldest, redirect.linkedTo(), redirect.bornAtMillis(), epoch);
    known.become(shortCut, known.features());
    outbox.send(oldest, LogEntries.via(entry, List.of(hop(id, shortCut))));
    return FoldOutcome.of(Kind.SENT_ON);
  }

  private static int lastPass(List<Hop> via, String id) {
    for (int i = via.size() - 1; i >= 0; i--) {
      if (via.get(i).getProfileId().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  private static Hop hop(String id, Redirect redirect) {
    return new Hop(id, redirect.epoch(), Instant.ofEpochMilli(redirect.bornAtMillis()));
  }

  private FoldOutcome applyToErased(
      String id, Erased erased, Known known, ProfileLogRecord entry, Outbox outbox) {
    if (entry.getConsent() != null) {
      return letIn(erased, known, entry.getConsent());
    }
    if (entry.getAbsorb() != null) {
      Absorb absorb = entry.getAbsorb();
      List<String> members = new ArrayList<>();
      addMember(absorb.getProfileId(), id, members);
      absorb.getMembers().forEach(member -> addMember(member, id, members));
      eraseMembers(members, Instant.ofEpochMilli(erased.atMillis()), "absorbed-by-erased", outbox);
    }
    return FoldOutcome.of(entry.getErase() == null ? Kind.DROPPED : Kind.NOTHING_TO_ERASE);
  }

  private FoldOutcome letIn(Erased erased, Known known, Consent consent) {
    known.become(
        new Own(
            Identity.UNBORN, consent.getGrantedAt().toEpochMilli(), List.of(), erased.epoch() + 1),
        engine.newState());
    return FoldOutcome.of(Kind.LET_IN);
  }

  private static FoldOutcome empty() {
    return FoldOutcome.invalid(
        "the record has none of event, link, absorb, erase and consent; a newer version may have written it");
  }
}
