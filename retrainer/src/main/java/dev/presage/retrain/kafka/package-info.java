/** Topics read and written; the only package that knows Kafka's clients. */
package dev.presage.retrain.kafka;
