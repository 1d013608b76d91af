package dev.presage.features.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A profile for tests of the store: numbers in the order in which they came. */
final class Numbers {
  private final List<Long> numbers = new ArrayList<>();
  private int inBody;
  private boolean capped;

  static Numbers of(List<Long> numbers) {
    Numbers made = new Numbers();
    made.numbers.addAll(numbers);
    return made;
  }

  void add(long number) {
    numbers.add(number);
  }

  List<Long> toList() {
    return List.copyOf(numbers);
  }

  boolean isCapped() {
    return capped;
  }

  /** Bodies hold all numbers, heads those that came after, at most as many as are given. */
  record Format(int inHead) implements ProfileFormat<Numbers> {

    @Override
    public byte[] encodeBody(Numbers profile) {
      return bytes(profile.numbers);
    }

    @Override
    public boolean needsBody(Numbers profile) {
      return profile.numbers.size() - profile.inBody > inHead;
    }

    @Override
    public byte[] encodeHead(Numbers profile) {
      return bytes(profile.numbers.subList(profile.inBody, profile.numbers.size()));
    }

    @Override
    public void bodyWritten(Numbers profile) {
      profile.inBody = profile.numbers.size();
    }

    @Override
    public Numbers decode(byte[] body, byte @Nullable [] head) {
      Numbers profile = new Numbers();
      read(body, profile);
      profile.inBody = profile.numbers.size();
      if (head != null) {
        read(head, profile);
      }
      return profile;
    }

    @Override
    public int heapBytes(int bodyBytes) {
      return 1_000 + 2 * bodyBytes;
    }

    @Override
    public Numbers cap(Numbers profile, int maxBytes) {
      int size = profile.numbers.size();
      Numbers capped = of(profile.numbers.subList(size - maxBytes / Long.BYTES, size));
      capped.capped = true;
      return capped;
    }

    private static byte[] bytes(List<Long> numbers) {
      ByteBuffer out = ByteBuffer.allocate(Long.BYTES * numbers.size());
      numbers.forEach(out::putLong);
      return out.array();
    }

    private static void read(byte[] bytes, Numbers into) {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      while (in.hasRemaining()) {
        into.add(in.getLong());
      }
    }
  }
}
