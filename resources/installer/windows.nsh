; The app registers its links for the user when it runs; who uninstalls it is left without them.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    DeleteRegKey HKCU "Software\Classes\anchor-studio"
  ${endIf}
!macroend
