from django.urls import path

from quiz import views

urlpatterns = [
    path("check/", views.check, name="check"),
    path("chat/", views.chat, name="chat"),
]
