package dev.presage.local.play;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/**
 * A file of events in UTF-8, compressed with gzip where its name ends in {@code .gz}.
 *
 * @param path the file
 * @param format how it holds its lines
 */
public record SourceFile(Path path, FileFormat format) {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** Its size on disk, in bytes. */
  public long size() throws IOException {
    return Files.size(path);
  }

  /**
   * Opens it.
   *
   * @param bytesRead told how many bytes of the file were read each time
   */
  LineSource open(LongConsumer bytesRead) throws IOException {
    BufferedReader reader = reader(bytesRead);
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
    return switch (format) {
      case CSV -> new CsvSource(path.getFileName().toString(), reader);
      case JSONL -> new JsonLinesSource(reader);
    };
  }

  private BufferedReader reader(LongConsumer bytesRead) throws IOException {
    InputStream bytes =
        new BufferedInputStream(new Counting(Files.newInputStream(path), bytesRead), BUFFER_BYTES);
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    InputStream plain =
        name.endsWith(FileFormat.GZIP) ? new GZIPInputStream(bytes, BUFFER_BYTES) : bytes;
    return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8), BUFFER_BYTES);
  }

  private static final class Counting extends FilterInputStream {
    private final LongConsumer bytesRead;

    Counting(InputStream in, LongConsumer bytesRead) {
      super(in);
      this.bytesRead = bytesRead;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      if (value >= 0) {
        bytesRead.accept(1);
      }
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      if (count > 0) {
        bytesRead.accept(count);
      }
      return count;
    }
  }
}
