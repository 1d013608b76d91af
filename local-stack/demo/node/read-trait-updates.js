// Prints trait updates as they come. In this folder: npm ci && node read-trait-updates.js
const { Kafka, logLevel } = require("kafkajs");
const { SchemaRegistry } = require("@kafkajs/confluent-schema-registry");

const kafka = new Kafka({
  brokers: [process.env.BROKER ?? "127.0.0.1:9092"],
  logLevel: logLevel.ERROR,
});
const registry = new SchemaRegistry({
  host: process.env.REGISTRY ?? "http://127.0.0.1:8081/apis/ccompat/v7",
});

async function main() {
  const consumer = kafka.consumer({ groupId: "read-trait-updates" });
  await consumer.connect();
  await consumer.subscribe({ topics: ["trait-updates"], fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message }) => {
      const update = await registry.decode(message.value);
      console.log(update.canonicalId, update.trait, update.value, update.modelVersion);
    },
  });
}

main();
