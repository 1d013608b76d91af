package dev.presage.model;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_int;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_long_long;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import io.github.metarank.lightgbm4j.LGBMBooster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Predictions by LightGBM's C interface. The binding's own reserve room for two outputs only, and
 * write beyond it for more.
 */
final class LightgbmLibrary implements AutoCloseable {
  private final SWIGTYPE_p_p_void booster = lightgbmlib.voidpp_handle();
  private final int outputs;

  LightgbmLibrary(String text) {
    try {
      LGBMBooster.loadNative();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SWIGTYPE_p_int number = lightgbmlib.new_intp();
    check(lightgbmlib.LGBM_BoosterLoadModelFromString(text, number, booster));
    check(lightgbmlib.LGBM_BoosterGetNumClasses(lightgbmlib.voidpp_value(booster), number));
    outputs = lightgbmlib.intp_value(number);
    lightgbmlib.delete_intp(number);
  }

  int outputs() {
    return outputs;
  }

  /** By row, then by output. */
  double[][] predict(List<double[]> rows, int type) {
    int features = rows.getFirst().length;
    int results = rows.size() * outputs;
    SWIGTYPE_p_double values = lightgbmlib.new_doubleArray((long) rows.size() * features);
    SWIGTYPE_p_double result = lightgbmlib.new_doubleArray(results);
    SWIGTYPE_p_long_long length = lightgbmlib.new_int64_tp();
    try {
      double[] flat = NativeLightgbm.flat(rows);
      for (int i = 0; i < flat.length; i++) {
        lightgbmlib.doubleArray_setitem(values, i, flat[i]);
      }
      check(
          lightgbmlib.LGBM_BoosterPredictForMat(
              lightgbmlib.voidpp_value(booster),
              lightgbmlib.double_to_voidp_ptr(values),
              lightgbmlibConstants.C_API_DTYPE_FLOAT64,
              rows.size(),
              features,
              1,
              type,
              0,
              -1,
              "num_threads=1",
              length,
              result));
      double[][] byRow = new double[rows.size()][outputs];
      for (int i = 0; i < results; i++) {
        byRow[i / outputs][i % outputs] = lightgbmlib.doubleArray_getitem(result, i);
      }
      return byRow;
    } finally {
      lightgbmlib.delete_int64_tp(length);
      lightgbmlib.delete_doubleArray(result);
      lightgbmlib.delete_doubleArray(values);
    }
  }

  @Override
  public void close() {
    check(lightgbmlib.LGBM_BoosterFree(lightgbmlib.voidpp_value(booster)));
  }

  private static void check(int status) {
    if (status != 0) {
      throw new IllegalStateException(lightgbmlib.LGBM_GetLastError());
    }
  }
}
