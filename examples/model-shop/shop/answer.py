"""Answer a customer's question from the catalog."""

from transformers import AutoModelForCausalLM, AutoTokenizer, pipeline

from shop.settings import AGENT_MODEL, LOCAL_MODEL, LOCAL_REVISION, REASONERS


def load_local():
    tokenizer = AutoTokenizer.from_pretrained(LOCAL_MODEL, revision=LOCAL_REVISION)
    model = AutoModelForCausalLM.from_pretrained(LOCAL_MODEL, revision=LOCAL_REVISION)
    return tokenizer, model


def load_reasoner(kind="fast"):
    return AutoModelForCausalLM.from_pretrained(REASONERS[kind], device_map="auto")


def load_agent():
    return pipeline("text-generation", model=AGENT_MODEL, trust_remote_code=True)


def describe_photo():
    return pipeline("image-text-to-text", model="meta-llama/Llama-4-Scout-17B-16E-Instruct")
