package dev.presage.model.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sets of categories, numbered from 0. A set is a bitmap where that takes no more room than a few
 * words for each category, else a sorted list: one category of 16 million takes four bytes, not two
 * megabytes.
 */
final class CategorySets {
  /** Categories are whole numbers below it: the first float whose neighbours are not all whole. */
  static final int LIMIT = 1 << 24;

  private static final int WORDS_FOR_EACH_CATEGORY = 4;

  private final int[][] words;
  private final boolean[] isBitmap;

  private CategorySets(int[][] words, boolean[] isBitmap) {
    this.words = words;
    this.isBitmap = isBitmap;
  }

  /**
   * Whether the set has the category that {@code value} stands for, its whole part. Negative values
   * and those from {@link #LIMIT} on stand for none.
   */
  boolean contains(int set, float value) {
    if (!(value >= 0 && value < LIMIT)) {
      return false;
    }
    int category = (int) value;
    int[] members = words[set];
    if (isBitmap[set]) {
      int word = category >>> 5;
      return word < members.length && (members[word] >>> category & 1) != 0;
    }
    return Arrays.binarySearch(members, category) >= 0;
  }

  static final class Builder {
    private final List<int[]> words = new ArrayList<>();
    private final List<Boolean> isBitmap = new ArrayList<>();

    /**
     * Adds a set; answers its number.
     *
     * @param categories at least one, each from 0 to below {@link #LIMIT}, in any order
     */
    int add(int[] categories) {
      int[] sorted = Arrays.stream(categories).sorted().distinct().toArray();
      int bitmapLength = (sorted[sorted.length - 1] >>> 5) + 1;
      boolean bitmap = bitmapLength <= WORDS_FOR_EACH_CATEGORY * sorted.length;
      words.add(bitmap ? bitmap(sorted, bitmapLength) : sorted);
      isBitmap.add(bitmap);
      return words.size() - 1;
    }

    boolean isEmpty() {
      return words.isEmpty();
    }

    CategorySets build() {
      boolean[] bitmaps = new boolean[isBitmap.size()];
      for (int i = 0; i < bitmaps.length; i++) {
        bitmaps[i] = isBitmap.get(i);
      }
      return new CategorySets(words.toArray(int[][]::new), bitmaps);
    }

    private static int[] bitmap(int[] categories, int length) {
      int[] bitmap = new int[length];
      for (int category : categories) {
        bitmap[category >>> 5] |= 1 << category;
      }
      return bitmap;
    }
  }
}
