"""Hosted assistants the shop can fall back on."""

import os

import litellm
from langchain_gigachat import GigaChat
from openai import OpenAI

DEEPSEEK_URL = "https://api.deepseek.com"


def ask_openai(question):
    client = OpenAI()
    return client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": question}])


def ask_deepseek(question):
    client = OpenAI(base_url=DEEPSEEK_URL, api_key=os.environ["DEEPSEEK_API_KEY"])
    return client.chat.completions.create(model="deepseek-chat", messages=[{"role": "user", "content": question}])


def ask_anyone(question, cheap=False):
    for model in ("dashscope/qwen-max", "tencent/kimi-k3"):
        yield litellm.completion(model=model, messages=[{"role": "user", "content": question}])
    if not cheap:
        yield litellm.completion(model="bedrock/deepseek.r1-v1:0", messages=[{"role": "user", "content": question}])


def ask_gigachat(question):
    return GigaChat(model="GigaChat").invoke(question)
