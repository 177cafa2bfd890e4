"""The address of the desk's page of the public register."""

from django.urls import path

from engagements.public_register.desk.periods import public_register

urlpatterns = [path("public-register", public_register, name="desk-public-register")]
