# syntax=docker/dockerfile:1
# Build stage: a virtual environment with the default install (no torch, no model download).
FROM python:3.11-slim AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md ./
COPY ingest ingest
COPY service service
COPY eval eval
COPY prompts prompts
RUN python -m venv /opt/hoibaocao \
 && /opt/hoibaocao/bin/pip install --no-cache-dir -c constraints.txt .

# Run stage: no compiler, no sources, an unprivileged user.
FROM python:3.11-slim
# LibreOffice turns .doc, .odt and .rtf into .docx, Tesseract reads scans; without them those files are refused with a
# word about it.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libreoffice-writer-nogui tesseract-ocr tesseract-ocr-vie \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --create-home --home-dir /home/hoibaocao hoibaocao \
 && install -d -o hoibaocao -g hoibaocao /data
COPY --from=build /opt/hoibaocao /opt/hoibaocao
ENV PATH=/opt/hoibaocao/bin:$PATH \
    HOIBAOCAO_DATA_DIR=/data \
    HF_HUB_OFFLINE=1 \
    PYTHONUNBUFFERED=1
USER hoibaocao
WORKDIR /home/hoibaocao
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s --retries=3 \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=2)"]
# Listening beyond loopback needs an API key: `hoibaocao keys create` once on the data volume.
CMD ["hoibaocao", "serve", "--host", "0.0.0.0", "--port", "8000"]
