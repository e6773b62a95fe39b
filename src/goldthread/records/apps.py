from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "goldthread.records"
    label = "records"
