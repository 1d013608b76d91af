package dev.presage.model.xgboost;

import dev.presage.model.document.Node;
import dev.presage.model.document.Numbers;
import dev.presage.model.document.UnreadableDocumentException;
import java.util.Arrays;

/**
 * The categories that each categorical node of a tree sends right: one after a split by one-hot
 * encoding, several after one by partition. The lists of all nodes stand one after the other in
 * {@code categories}.
 */
final class CategoricalSplits {
  private static final int NONE = -1;
  private static final int[] NO_CATEGORIES = {};

  private final Numbers categories;

  /** By node where its list begins; {@link #NONE} for nodes without one. */
  private final int[] begin;

  private final int[] size;

  private CategoricalSplits(Numbers categories, int[] begin, int[] size) {
    this.categories = categories;
    this.begin = begin;
    this.size = size;
  }

  /** Reads the lists of a tree of {@code nodes} nodes. */
  static CategoricalSplits read(Node tree, int nodes) throws UnreadableDocumentException {
    Node listed = tree.get("categories_nodes");
    Numbers owner = listed.numbers();
    Numbers segment = tree.get("categories_segments").numbers();
    Numbers length = tree.get("categories_sizes").numbers();
    Numbers categories = tree.get("categories").numbers();
    if (segment.size() != owner.size() || length.size() != owner.size()) {
      throw new UnreadableDocumentException(
          "%s has %d elements, categories_segments %d and categories_sizes %d"
              .formatted(listed.path(), owner.size(), segment.size(), length.size()));
    }
    int[] begin = new int[nodes];
    Arrays.fill(begin, NONE);
    int[] size = new int[nodes];
    int end = 0;
    for (int i = 0; i < owner.size(); i++) {
      int node = owner.index(i);
      if (node < 0 || node >= nodes) {
        throw new UnreadableDocumentException(
            listed.path() + " has the node " + owner.get(i) + ", but there are " + nodes);
      }
      // Lists one after the other cannot claim more memory than the file has.
      if (segment.index(i) != end
          || length.index(i) < 0
          || length.index(i) > categories.size() - end) {
        throw new UnreadableDocumentException(
            "%s.categories_segments and categories_sizes do not follow each other at %d"
                .formatted(tree.path(), i));
      }
      begin[node] = end;
      size[node] = length.index(i);
      end += size[node];
    }
    return new CategoricalSplits(categories, begin, size);
  }

  /** The categories of a node; none where it has no list. */
  int[] of(int node) {
    if (begin[node] == NONE) {
      return NO_CATEGORIES;
    }
    int[] list = new int[size[node]];
    for (int i = 0; i < list.length; i++) {
      list[i] = categories.index(begin[node] + i);
    }
    return list;
  }
}
