from django.urls import path

from quiz.practice.views import chat, in_class
from quiz.self_check.views import check

urlpatterns = [
    path("check/", check, name="check"),
    path("check/<slug:code>/", check, name="check"),
    path("chat/", chat, name="chat"),
    path("chat/<slug:code>/", chat, name="chat"),
    path("chat/<slug:code>/class/", in_class, name="class"),
]
