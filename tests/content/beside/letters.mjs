// The letters of `letters.json` by mjml and nodemailer, signed by RSA: how many a second of this process's processor time, one round a line;
// the last of them lies in `last.eml` then. `node letters.mjs FOLDER`
import { readFileSync, writeFileSync } from "node:fs";
import mjml2html from "mjml";
import nodemailer from "nodemailer";

const ROUNDS = 3;
const folder = process.argv[2];
const letters = JSON.parse(readFileSync(`${folder}/letters.json`, "utf8"));
const transport = nodemailer.createTransport({
  streamTransport: true,
  buffer: true,
  newline: "windows",
  dkim: { domainName: "example.org", keySelector: "habitue", privateKey: readFileSync(`${folder}/key.pem`, "utf8") },
});
const from = "Épicerie Martin <shop@example.org>";
const headers = { "List-Unsubscribe": "<https://x.example/out>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };

async function made({ mjml, text, subject, to }) {
  const { html } = await mjml2html(mjml);
  return (await transport.sendMail({ from, to, subject, text, html, headers })).message;
}

function seconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

for (const letter of letters.slice(0, 100)) await made(letter);
let last;
for (let round = 0; round < ROUNDS; round++) {
  const before = seconds();
  for (const letter of letters) last = await made(letter);
  console.log(letters.length / (seconds() - before));
}
writeFileSync(`${folder}/last.eml`, last);
