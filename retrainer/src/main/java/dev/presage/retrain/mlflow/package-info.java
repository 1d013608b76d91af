/** Copies of training runs on an MLflow server; {@link MlflowExport} is the entry point. */
package dev.presage.retrain.mlflow;
